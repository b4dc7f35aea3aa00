/** Tests, stories, mocks, and videos: nobody uses them as a page. */
export const NOT_SHIPPED =
  /\.(?:\w*test|\w*spec|stories|story|cy|mock)\.|(^|\/)(__tests__|__mocks__|e2e|cypress|playwright|remotion)\//;

/** A file without any of these, or a click, holds nothing that could be found. */
export const RELEVANT =
  /<(?:button|motion\.button|[A-Z]\w*(?:Button|Icon)|Burger|Fab|Button|input|select|textarea|Input|Textarea|Switch|Checkbox|RadioGroupItem|Toggle\w*|img|Image|[A-Z]\w*\.?(?:Trigger|Close|Button))\b/;

/** Next.js draws a picture by these. */
export const NEXT_IMAGE = /^next\/(?:legacy\/|future\/)?image$/;

/** Packages whose components draw a picture and no text. */
export const ICON_PACKAGES =
  /^(lucide-react(\/.*)?|react-icons(\/.*)?|@heroicons\/.*|@radix-ui\/react-icons|@phosphor-icons\/react(\/.*)?|phosphor-react|@tabler\/icons-react|react-feather|@mui\/icons-material(\/.*)?|@fortawesome\/react-fontawesome|@remixicon\/react|iconoir-react|@iconify\/react|@hugeicons\/.*|@ant-design\/icons|@primer\/octicons-react|react-bootstrap-icons|@carbon\/icons-react|@fluentui\/react-icons|@chakra-ui\/icons|@mynaui\/icons-react|@gravity-ui\/icons)$/;
/** A module of the project that holds icons, or a drawing that is imported as a component. */
export const ICON_MODULE = /(^|\/)icons?(\/[\w.-]+)*$|\.svg(\?\w+)?$/;

/** Where shadcn/ui, and many after it, keep what wraps Radix. */
export const UI = /(^|\/)ui\/[\w-]+$/;
export const PRIMITIVE = /^@radix-ui\/react-|^radix-ui$|^@base-ui(?:-components)?\/react/;
/** What opens and closes, of Radix and of what wraps it: a native button around what it is given. */
export const OPENER =
  /^(?:(?:Alert)?Dialog|Sheet|Drawer|Popover|DropdownMenu|Menubar|Menu|Collapsible|Tooltip|Toast)(?:Primitive)?\.?(?:Trigger|Close)$|^Toggle(?:\.Root)?$|^ToggleGroup\.?Item$/;

/** Buttons of UI libraries that take their name from whoever uses them, by the names under which they are exported. */
export const LIBRARY_BUTTONS: readonly (readonly [module: RegExp, names: RegExp])[] = [
  [
    /^@mantine\/core$/,
    /^(?:ActionIcon|CloseButton|Burger|UnstyledButton|(?:Modal|Drawer|Popover|Dialog)\.CloseButton)$/,
  ],
  [
    /^@mui\/(?:material|joy)(?:\/\w+)?$|^@material-ui\/core(?:\/\w+)?$/,
    /^(?:IconButton|Fab|ButtonBase|ToggleButton)$/,
  ],
  [/^@chakra-ui\/(?:react|button)$/, /^IconButton$/],
  [/^@radix-ui\/themes$/, /^IconButton$/],
  [
    /^@headlessui\/react$/,
    /^(?:Menu|Popover|Disclosure)\.?Button$|^(?:Listbox|Close)Button$|^Listbox\.Button$/,
  ],
  [/^react-aria-components$/, /^ToggleButton$/],
  [/^@fluentui\/react-components$/, /^(?:Toggle|Menu|Compound)Button$/],
  [/^@primer\/react$|^rsuite$|^evergreen-ui$|^@adobe\/react-spectrum$/, /^(?:IconButton|ActionButton)$/],
  [/^antd$/, /^FloatButton$/],
];

/** Fields of shadcn/ui, which pass everything on to an `<input>`. */
export const FIELD_MODULE = /(^|\/)ui\/(input|textarea)$/;
export const SWITCHES = /^(?:Switch|Checkbox|RadioGroupItem)$/;

/** Components that put a translation into the elements that they are handed. */
export const TRANSLATED = /^(?:Trans|Translation|FormattedMessage|Interpolate|RichText)$/;

/** What of the props of a component that is not seen here becomes its text. */
export const SPEAKS = /^(?:text|content|value)$|(?:label|tooltip|srText)$/i;
/** The value of a toggle is what it stands for in a form. */
export const TOGGLE_SPEAKS = /(?:label|tooltip|srText)$/i;
/** What tells an icon's meaning. */
export const ICON_SPEAKS = ['title', 'titleAccess', 'label', 'alt', 'text'] as const;
