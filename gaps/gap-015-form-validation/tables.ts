import type { FormName } from '../../src/read/product/inert-forms.ts';

/** Pages that ask for data by their very purpose: what is typed there is sent, with or without a form element. */
export const ASKING: readonly FormName[] = [
  [/^(log-?in|sign-?in)$/i, 'sign-in'],
  [/^(register|sign-?up)$/i, 'sign-up'],
  [/^(forgot|reset)-?password$/i, 'password'],
  [/^onboarding$/i, 'onboarding'],
];
/** Pages with fields of many kinds: only those that hand nothing on, and so check nothing, are told here. */
export const INERT: readonly FormName[] = [
  [/^(settings|profile|account|edit-?profile)$/i, 'settings'],
  [/^house-of-ang$/i, 'house-of-ang'],
];

/** Fields of HTML. */
export const NATIVE_FIELD = /^(?:motion\.|fetcher\.|m\.)?(?:input|textarea|select)$/;
/** Components that take input, by what people call them. */
export const FIELD_COMPONENT =
  /^[A-Z][\w.]*(?:Input|Field|Select|Textarea|TextArea|Picker|Checkbox|Radio\w*|Upload|Combobox|Editor|Switch|Slider|OTP|Autocomplete)$|^(?:Input|Field|Select|Textarea|TextArea|Checkbox|Switch|Slider|Controller|Autocomplete)(?:\.\w+)?$/;
/** Fields in which one of the options that are there is chosen. */
export const CHOICE_COMPONENT = /(?:Select|Checkbox|Radio\w*|Switch|Slider)$/;
/** Types of an input that nobody types into. */
export const UNTYPED = /^(?:hidden|submit|reset|button|image)$/;
export const CHOICE_TYPE = /^(?:radio|checkbox|range|color)$/;

export const FORM = /^(?:motion\.|m\.)?form$|^\w+\.Form$/;
/** `Form` of these renders a form element; that of shadcn/ui only hands on a context, and gets no handler. */
export const FORM_MODULE = /^(?:formik|next\/form|react-router(?:-dom)?|@remix-run\/react|@rvf\/\w+)$/;

/** Libraries that check data against a description of it (standardschema.dev lists most of them). */
export const SCHEMA_LIBRARY =
  /^(?:zod|@zod|yup|joi|@hapi\/joi|valibot|superstruct|arktype|ajv|@sinclair\/typebox|typebox|io-ts|runtypes|effect|@effect\/schema|class-validator|vest|drizzle-zod|myzod|@vinejs\/vine|@conform-to|@hookform\/resolvers|next-safe-action|zsa|remix-validated-form|@rvf)(?:\/|$|-)/;
/** Functions of theirs that check. */
export const CHECKS =
  /^(?:(?:safeP|p)arse\w*|assert|is|validate\w*|create|mask|decode\w*|type|\w+Resolver|parseWith\w+)$/;
/** What has a `parse` that is no schema's. */
export const NO_SCHEMA =
  /^(?:JSON|Date|path|qs|querystring|queryString|marked|Papa|papa|csv|yaml|YAML|cookie|cookies|url|URL|superjson|SuperJSON|devalue|acorn|mime|semver|Number|numeral|moment|dayjs|parser|DOMParser|chrono|Temporal|Duration|ms|bytes|toml|TOML|JSON5|json5)$/;
/** Without any of this, no check: one pass over a text where most texts hold none. */
export const MAY_CHECK =
  /[sS]chema|(?<!JSON)\.(?:safeP|p)arse|esolver|[aA]jv|Value\.[CPDE]|parseWith|\.spa\(|decodeUnknown|\.(?:validat|isValid|input)\w*\(|alidator|Zod\(|zfd|~standard|\b(?:parse|safeParse)\(/;
/** A call that checks data against a schema, told by its words alone. */
export const CHECKING: readonly RegExp[] = [
  /\.(?:safeParse|safeParseAsync|parseAsync|spa|decodeUnknown\w*|validateSync|validateAsync|isValidSync)\(/,
  /\bresolver\s*[:,}]|Resolver\(|validationSchema|toFormikValidat|\bwithZod\(|zodValidator|zfd\.formData\(/,
  /[sS]chema\w{0,40}(?:\.\w{1,40}\([^()]{0,200}\)){0,9}\.(?:parse|validate|isValid|validateAt|assert|check|decode|cast)\(/,
  /\b(?:parse|safeParse|validate|assert|is|check)\w*\(\s*\w*[sS]chema\b/,
  /\bparseWith(?:Zod|Yup|Valibot|Schema)\w*\(/,
  /\bajv\w*\.(?:compile|validate)\(/i,
  /\bValue\.(?:Check|Parse|Decode|Errors)\(|\bSchema\.decode\w*\(|\['~standard'\]\.validate/,
  /\bvalidators\s*:\s*\{[^}]{0,1000}(?:[sS]chema|\b[zv]\.\w+\()/,
  /\.(?:schema|inputSchema|inputValidator|input|validator)\(\s*(?:\w*[sS]chema\b|[zv]\.\w+\(|async\s*\(\)\s*=>)/,
];

/** Rules of a form library, which it checks itself and shows a message for: react-hook-form, antd and their like. */
export const RULES: readonly RegExp[] = [
  /\bregister\(\s*[^,()]{1,80},\s*\{[^{}]{0,200}\b(?:required\b(?!\s*:\s*false)|pattern\b|validate\b|min\b|max\b|minLength\b|maxLength\b)/,
  /\brules=\{(?!\{?\s*(?:undefined|null|\}))/,
  /\brules\s*:\s*[[{][^;]{0,120}?\b(?:required|pattern|validate|validator|minLength|maxLength|message|whitespace)\b/,
];
/** Functions of one's own that a form library calls for each field. */
export const LIBRARY_VALIDATORS =
  /\buse(?:Form|Formik)\b[^;]{0,400}?\bvalidate\s*[:(,}]|\bvalidate=\{|\bvalidators(?:\s*:\s*\{|=\{\{)[^}]{0,80}\bon(?:Change|Blur|Submit|Mount)\w*\s*[:(]|\buseForm\w*\([^;]{0,400}?\bonValidate\b/;
/** The browser's own check, asked for by the code. */
export const CONSTRAINTS = /\.(?:checkValidity|reportValidity|setCustomValidity)\(/;
/** Tells a person what is wrong. */
export const MESSAGE =
  /\bset\w{0,40}(?:Error|Invalid|Message|Warning|Alert|Issue)\w{0,40}\(|\b(?:error|err|issue)s?(?:\.\w+|\[[^\]]{1,40}\])\s*=[^=]|\b(?:toast|alert|notify|notification|notifications|snackbar|message|Alert|Swal)\b[\w.]{0,20}\(|\benqueueSnackbar\(|\baddToast\(|\bshow\w{0,40}(?:Error|Toast|Message)\w{0,40}\(|\breturn\s*\{[^{}]{0,80}\b(?:error|errors|message|fieldErrors|issues)\b\s*[:,}]|\bthrow new \w{0,40}Error\(\s*['"`]/i;
/** What an editor does with what is typed into a box of its toolbar. */
export const EDITOR_COMMAND =
  /\beditor\w*(?:\?|!)?\.(?:chain|commands|dispatchCommand|update|execCommand)\b|\b(?:setLink|toggleLink|unsetLink|insertLink|upsertLink|setImage|setYoutubeVideo)\(|\bTOGGLE_LINK_COMMAND\b|\bTransforms\.\w+\(/;
