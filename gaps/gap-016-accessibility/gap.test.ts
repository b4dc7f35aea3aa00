import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const APP = {
  'package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'app/layout.tsx': 'export default (p) => p.children;\n',
};

/** An app with one page that renders this markup. */
function page(markup: string, before = ''): Record<string, string> {
  return {
    ...APP,
    'app/page.tsx': `${before}\nexport default function Page(props) {\n  return (\n    <div>${markup}</div>\n  );\n}\n`,
  };
}

const ICON_BUTTON = '<button onClick={close}><XIcon /></button>';

testGap(gap, import.meta.url, {
  'a button shows an icon only': { files: page(ICON_BUTTON), manual: true, open: ['unnamed-button'] },
  'a button shows one of two icons': {
    files: page(`<button>{on ? <A /> : <B />}</button>`, "import { A, B } from 'lucide-react';"),
    manual: true,
    open: ['unnamed-button'],
  },
  'a button of shadcn shows an icon only': {
    files: page(
      `<Button size="icon"><Send className="h-4" /></Button>`,
      "import { Send } from 'lucide-react';",
    ),
    manual: true,
    open: ['unnamed-button'],
  },
  'fields have placeholders only': {
    files: page(`<input placeholder="Name" /><select><option>a</option></select><textarea />`),
    manual: true,
    open: ['unlabelled-field', 'unlabelled-field', 'unlabelled-field'],
  },
  'a label stands beside its field without naming it': {
    files: page(`<label>Name</label><input id="name" />`),
    open: ['unlabelled-field'],
  },
  'a div is clicked': {
    files: page(`<div onClick={go}>Go</div>`),
    open: ['mouse-only-control'],
  },
  'an image has no alt': {
    files: page(`<img src="/a.png" />`),
    manual: true,
    open: ['image-without-alt'],
  },
  'next/image has no alt': {
    files: page(`<Image src={a} />`, "import Image from 'next/image';"),
    manual: true,
    open: ['image-without-alt'],
  },
  'an app in JavaScript under src': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'src/app/page.jsx': `export default function Page() {\n  return ${ICON_BUTTON};\n}\n`,
    },
    manual: true,
    open: ['unnamed-button'],
  },
  'a trigger of a menu shows an icon only': {
    files: page(
      `<SheetTrigger className="lg:hidden"><Menu /></SheetTrigger><Dialog.Close><Icons.close /></Dialog.Close>`,
      "import * as Dialog from '@radix-ui/react-dialog';\nimport { SheetTrigger } from '@/components/ui/sheet';\nimport { Menu } from 'lucide-react';",
    ),
    manual: true,
    open: ['unnamed-button', 'unnamed-button'],
  },
  'icons come from a module of the project': {
    files: page(
      `<button><Icons.add /></button><button><Logo /></button><button><Arrow /></button>`,
      "import { Icons, Logo } from '@/components/icons';\nimport Arrow from './arrow.svg';",
    ),
    manual: true,
    open: ['unnamed-button', 'unnamed-button', 'unnamed-button'],
  },
  'a trigger renders a button and is given an icon': {
    files: page(`<Trigger render={<button type="button" />}><XIcon /></Trigger>`),
    manual: true,
    open: ['unnamed-button'],
  },
  'a button shows a hidden word': {
    files: page(`<button><span aria-hidden="true">x</span></button>`),
    manual: true,
    open: ['unnamed-button'],
  },
  'a switch and the label of another': {
    files: page(
      `<Switch id="news" /><Label htmlFor="plane">News</Label><Checkbox checked={on} />`,
      "import { Label, Switch } from '@/components/ui/form';\nimport { Checkbox } from '@/components/ui/checkbox';",
    ),
    manual: true,
    open: ['unlabelled-field', 'unlabelled-field'],
  },
  'register() of a form library brings no label': {
    files: page(`<input {...register('mail')} /><input {...form.register(\`a.\${i}\`)} placeholder="A" />`),
    manual: true,
    open: ['unlabelled-field', 'unlabelled-field'],
  },
  'the label of a form item does not reach the field': {
    files: page(
      `<FormItem><FormLabel>A</FormLabel><FormControl><div><Input /></div></FormControl></FormItem><FormItem><FormControl><Input /></FormControl></FormItem><FormItem><FormLabel>B</FormLabel><Input /></FormItem>`,
      "import { FormControl, FormItem, FormLabel } from '@/components/ui/form';\nimport { Input } from '@/components/ui/input';",
    ),
    manual: true,
    open: ['unlabelled-field', 'unlabelled-field', 'unlabelled-field'],
  },
  // What a class does is known to the style sheet.
  'a field is hidden by a class of its own, or at some widths': {
    files: page(
      '<input className="visually-gone" /><input type="file" className="hidden md:block" /><input type="file" className="sr-only" />',
    ),
    manual: true,
    open: ['unlabelled-field', 'unlabelled-field', 'unlabelled-field'],
  },
  'a backdrop closes what is on it, and nothing says that this is a dialog': {
    files: page(`<div onClick={close}><div onClick={(e) => e.stopPropagation()}>Text</div></div>`),
    manual: true,
    open: ['mouse-only-control', 'mouse-only-control'],
  },
  'a role promises what no key does': {
    files: page(
      `<div role="button" tabIndex={0} onClick={go}>Go</div><li role="option" onClick={choose}>A</li>`,
    ),
    open: ['role-without-keys'],
  },
  'a toggle has a value and no name': {
    files: page(
      `<ToggleGroupItem value="bold"><Bold /></ToggleGroupItem>`,
      "import { ToggleGroupItem } from '@/components/ui/toggle-group';\nimport { Bold } from 'lucide-react';",
    ),
    manual: true,
    open: ['unnamed-button'],
  },
  'a picture is clicked': {
    files: page(`<img src="/a.png" alt="Plan" onClick={open} />`),
    manual: true,
    open: ['mouse-only-control'],
  },
  'buttons of UI libraries show an icon only': {
    files: page(
      `
      <ActionIcon onClick={remove}>
        <IconTrash size={16} />
      </ActionIcon>
      <CloseButton onClick={close} />
      <Modal.CloseButton />
      <Burger opened={open} />
      <IconButton onClick={remove}>
        <DeleteIcon />
      </IconButton>
      <ChakraButton>
        <IconTrash />
      </ChakraButton>
      <Tooltip label="Remove">
        <ActionIcon>
          <IconTrash />
        </ActionIcon>
      </Tooltip>
    `,
      `import { ActionIcon, Burger, CloseButton, Modal, Tooltip } from '@mantine/core';
import { IconButton as ChakraButton } from '@chakra-ui/react';
import IconButton from '@mui/material/IconButton';
import DeleteIcon from '@mui/icons-material/Delete';
import { IconTrash } from '@tabler/icons-react';`,
    ),
    manual: true,
    open: Array.from({ length: 7 }, () => 'unnamed-button'),
  },
  'a button of the project hands on what it is given, and is given an icon': {
    files: {
      ...page(
        '<RoundButton onClick={close}><XIcon /></RoundButton>',
        "import { RoundButton } from './round';",
      ),
      'app/round.tsx': `export function RoundButton({ children, title, ...props }) {
  return (
    <button {...props} aria-label={title}>
      {children}
    </button>
  );
}
`,
    },
    manual: true,
    open: ['unnamed-button'],
  },
  'a title alone is a note': {
    files: page('<button title="Close"><XIcon /></button>'),
    closed: true,
    notes: ['title-only-button'],
  },
  'an icon is called Image': {
    files: page('<Image className="h-4" />', "import { Image } from 'lucide-react';"),
    closed: true,
    notes: [],
  },
  'names come from attributes': {
    files: page(
      '<button aria-label="Close"><XIcon /></button><button aria-labelledby="t"><svg /></button><input aria-label="Name" />',
    ),
    closed: true,
  },
  'a button of the project takes its text as an attribute': {
    files: page('<div><Button text="Cancel" onClick={close} /><Button variant="close" /></div>'),
    closed: true,
  },
  'a button of the project is given an icon alone': {
    files: page(`<Button icon={<X />} onClick={close} />`),
    manual: true,
    open: ['unnamed-button'],
  },
  'names come from a spread': {
    files: page('<button {...props}><XIcon /></button><input {...field} /><div onClick={x} {...props} />'),
    closed: true,
  },
  'names come from children': {
    files: page(
      '<button><XIcon /> Close</button><button>{label}</button><button><Label /></button><button><XIcon /><span className="sr-only">Close</span></button>',
    ),
    closed: true,
  },
  'text is one branch of a condition': {
    files: page('<button>{i < n ? <CheckIcon /> : i}</button>'),
    closed: true,
  },
  'labels wrap or name their fields': {
    files: page(
      '<label>Name <input /></label><label htmlFor="mail">Mail</label><input id="mail" /><label htmlFor={id}>x</label><select id={id} />',
    ),
    closed: true,
  },
  'hidden fields and buttons need no label': {
    files: page('<input type="hidden" /><input type="submit" value="Go" />'),
    closed: true,
  },
  'a clickable has a role and a key': {
    files: page('<div role="button" tabIndex={0} onClick={go} onKeyDown={go}>Go</div>'),
    closed: true,
  },
  'a trigger hands its name to its child': {
    files: page('<Button asChild><Link href="/">Home</Link></Button>'),
    closed: true,
  },
  'library components that bring their own name, or are given one': {
    files: page(
      `
      <CloseButton onClick={close} />
      <ModalCloseButton />
      <ActionIcon aria-label="Remove">
        <IconTrash />
      </ActionIcon>
      <ActionIcon {...rest}>
        <IconTrash />
      </ActionIcon>
      <IconButton label="Remove">
        <IconTrash />
      </IconButton>
      <FloatButton tooltip="Help" />
    `,
      `import { CloseButton, ModalCloseButton } from '@chakra-ui/react';
import { IconButton } from '@primer/react';
import { FloatButton } from 'antd';
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';`,
    ),
    closed: true,
  },
  'buttons of the project name themselves by what they are given': {
    files: {
      ...page(
        `
      <Button title="Close">
        <XIcon />
      </Button>
      <CloseButton onClick={close}>
        <XIcon />
      </CloseButton>
      <IconButton hint="Remove">
        <XIcon />
      </IconButton>
    `,
        "import { Button, CloseButton, IconButton } from '../components';",
      ),
      'components/index.ts': "export * from './button';\n",
      'components/button.tsx': `export const Button = ({ title, children }) => <button aria-label={title}>{children}</button>;
export const CloseButton = ({ children, onClick }) => (
  <button onClick={onClick}>
    {children}
    <span className="sr-only">Close</span>
  </button>
);
export const IconButton = forwardRef(({ hint, children, ...props }, ref) => (
  <button ref={ref} {...props}>
    {children}
    <VisuallyHidden>{hint}</VisuallyHidden>
  </button>
));
`,
    },
    closed: true,
  },
  'a translation is put into the button': {
    files: page(
      '<Trans i18nKey="again" components={{ again: <button onClick={retry} /> }} /><Trans components={[<button key="a" />]} /><Trans i18nKey="again"><button onClick={retry} /></Trans>',
      "import { Trans } from 'react-i18next';",
    ),
    closed: true,
  },
  'a button opens the file input': {
    files: page(
      `<input ref={files} type="file" className="hidden" onChange={read} /><input type="file" className={cn('hidden', name)} />`,
    ),
    closed: true,
  },
  'a component of the project puts its children into a label': {
    files: {
      ...page('<Row title="Name"><input /></Row>', "import { Row } from './row';"),
      'app/row.tsx': `export const Row = ({ title, children }) => (
  <label>
    {title}
    {children}
  </label>
);
`,
    },
    closed: true,
  },
  'a field of the project is named by its placeholder': {
    files: {
      ...page('<Input placeholder="Search" />', "import { Input } from './ui/input';"),
      'app/ui/input.tsx':
        'export const Input = ({ placeholder, ...props }) => <input aria-label={placeholder} {...props} />;\n',
    },
    closed: true,
  },
  'stories, tests and mocks do not ship': {
    files: {
      ...page('text'),
      'app/a.stories.tsx': `export const A = () => ${ICON_BUTTON};`,
      'app/a.clienttest.tsx': `export const A = () => ${ICON_BUTTON};`,
      'app/__mocks__/a.tsx': `export const A = () => ${ICON_BUTTON};`,
    },
    closed: true,
  },
  'a click is only kept from others, or moves the focus': {
    files: page(
      '<div onClick={(e) => e.stopPropagation()}><a href="/">a</a>b</div><td onClick={(event) => {\n  // The row opens.\n  event.preventDefault();\n  event.stopPropagation();\n}}>c</td><div onClick={() => ref.current?.focus()}>d</div>',
    ),
    closed: true,
  },
  'a row is not opened by a click on its menu': {
    files: page(
      '<tr onClick={open} onKeyDown={open}><td>Name</td><td onClick={(e: MouseEvent) => e.stopPropagation()}><button>Menu</button></td></tr>',
    ),
    closed: true,
  },
  'a click bubbles from the one control inside': {
    files: page(
      '<li onClick={closeMenu}><Link href="/">Home</Link></li><div onClick={select}>\n  <input type="checkbox" aria-label="All" />\n</div>',
    ),
    closed: true,
  },
  'a trigger renders a button and is given a text': {
    files: page(
      '<Trigger render={<button type="button" />}><XIcon />Close</Trigger><Trigger {...props} render={<motion.button />}><XIcon /></Trigger><Trigger render={<Button />} aria-label="Close"><XIcon /></Trigger>',
    ),
    closed: true,
  },
  'a trigger hands its shape on': {
    files: page(
      '<DialogTrigger asChild><span>Open</span></DialogTrigger><DialogTrigger>Open</DialogTrigger><SelectTrigger><XIcon /></SelectTrigger>',
      "import { DialogTrigger } from '@/components/ui/dialog';\nimport { SelectTrigger } from '@/components/ui/select';",
    ),
    closed: true,
  },
  'an icon says what it shows': {
    files: {
      ...page(
        '<button><BrandIcon /></button><button><XIcon title="Close" /></button><button><TextWithIcon>Close</TextWithIcon></button><button><OwnIcon /></button>',
        'import { BrandIcon } from \'./brand\';\nconst OwnIcon = () => <svg aria-label="Own" />;',
      ),
      'app/brand.tsx': 'export const BrandIcon = () => <img src="/b.svg" alt="Brand" />;\n',
    },
    closed: true,
  },
  'a text stands in for an icon': {
    files: page('<button>{label || <XIcon />}</button><button>{label ?? (\n  <XIcon />\n)}</button>'),
    closed: true,
  },
  'a tooltip gives its title as a name': {
    files: page('<Tooltip title="Delete"><button><XIcon /></button></Tooltip>'),
    closed: true,
  },
  'a form item ties its label to its field': {
    files: page(
      '<FormItem><FormLabel>A</FormLabel><FormControl><Input /></FormControl></FormItem><FormControl><Input /></FormControl>',
      "import { FormControl, FormItem, FormLabel } from '@/components/ui/form';\nimport { Input } from '@/components/ui/input';",
    ),
    closed: true,
  },
  'a wrapper ties the label in it, or is given one': {
    files: page(
      '<Field><Label>A</Label><input /></Field><Field.Root><Field.Label>B</Field.Label><input /></Field.Root><Row label="C"><select /></Row><Checkbox>D</Checkbox>',
      "import { Checkbox } from '@/components/ui/checkbox';",
    ),
    closed: true,
  },
  'a field is never displayed': {
    files: page('<input type="file" style={{ display: \'none\' }} /><div hidden><input /></div>'),
    closed: true,
  },
  'those who use a field label it': {
    files: {
      ...page(
        '<label htmlFor="mode">Mode</label><Mode /><Size id="size" />',
        "import { Mode, Size } from './fields';",
      ),
      'app/fields.tsx':
        'export const Mode = () => <input id="mode" />;\nexport const Size = ({ id }) => <input id={id} />;\nexport const Colour = (props) => <input id={props.id} />;\n',
    },
    closed: true,
  },
  'pictures for print and for previews have no alt': {
    files: {
      ...page('<Image src="/a.png" />', "import { Image } from '@react-pdf/renderer';"),
      'app/opengraph-image.tsx':
        'import { ImageResponse } from \'next/og\';\nexport default () => new ImageResponse(<img src="/a.png" />);\n',
    },
    closed: true,
  },
  'there is no Next.js app': {
    files: { 'package.json': '{}', 'src/a.tsx': `export const A = () => ${ICON_BUTTON};` },
    notApplicable: true,
  },
});
