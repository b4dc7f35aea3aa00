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
  'a button shows an icon only': { files: page(ICON_BUTTON), open: ['unnamed-button'] },
  'a button shows one of two icons': {
    files: page(
      `<button>{on ? <A /> : <B />}</button>${ICON_BUTTON}`,
      "import { A, B } from 'lucide-react';",
    ),
    open: ['unnamed-button', 'unnamed-button'],
  },
  'a button of shadcn shows an icon only': {
    files: page(
      `<Button size="icon"><Send className="h-4" /></Button>${ICON_BUTTON}`,
      "import { Send } from 'lucide-react';",
    ),
    open: ['unnamed-button', 'unnamed-button'],
  },
  'fields have placeholders only': {
    files: page(`<input placeholder="Name" /><select><option>a</option></select><textarea />${ICON_BUTTON}`),
    open: ['unlabelled-field', 'unlabelled-field', 'unlabelled-field', 'unnamed-button'],
  },
  'a label stands beside its field without naming it': {
    files: page(`<label>Name</label><input id="name" />${ICON_BUTTON}`),
    open: ['unlabelled-field', 'unnamed-button'],
  },
  'a div is clicked': {
    files: page(`<div onClick={go}>Go</div>${ICON_BUTTON}`),
    open: ['mouse-only-control', 'unnamed-button'],
  },
  'an image has no alt': {
    files: page(`<img src="/a.png" />${ICON_BUTTON}`),
    open: ['image-without-alt', 'unnamed-button'],
  },
  'next/image has no alt': {
    files: page(`<Image src={a} />${ICON_BUTTON}`, "import Image from 'next/image';"),
    open: ['image-without-alt', 'unnamed-button'],
  },
  'an app in JavaScript under src': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'src/app/page.jsx': `export default function Page() {\n  return ${ICON_BUTTON};\n}\n`,
    },
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
    files: page(`${ICON_BUTTON}<Button icon={<X />} onClick={close} />`),
    open: ['unnamed-button', 'unnamed-button'],
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
  'stories and tests do not ship': {
    files: { ...page('text'), 'app/a.stories.tsx': `export const A = () => ${ICON_BUTTON};` },
    closed: true,
  },
  'there is no Next.js app': {
    files: { 'package.json': '{}', 'src/a.tsx': `export const A = () => ${ICON_BUTTON};` },
    notApplicable: true,
  },
});
