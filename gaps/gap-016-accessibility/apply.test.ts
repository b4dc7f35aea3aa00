import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const PACKAGE = '{ "dependencies": { "next": "14.0.4", "react": "18.3.1" } }';
/** The page says that the app speaks English. */
const WORDS = '<p>Create your account and sign in to view the page with your projects.</p>';

function page(lines: string, imports = '', head = ''): Record<string, string> {
  return {
    'package.json': PACKAGE,
    'app/page.tsx': `'use client';

import { useState } from 'react';
${imports && `${imports}\n`}
export default function Page() {
  const [open, setOpen] = useState(false);
${head}
  return (
    <div>
      ${WORDS}
${lines}
    </div>
  );
}
`,
  };
}

const ICONS =
  "import { ArrowLeft, Check, Copy, Eye, EyeOff, Menu, Mic, Pause, Play, Plus, Send, Square, Trash2, X } from 'lucide-react';";

testGap(gap, import.meta.url, {
  'an icon and what happens agree on a name': {
    files: page(
      `      <button onClick={() => setOpen(false)}>
        <X size={16} />
      </button>
      <button
        type="button"
        onClick={(event) => {
          event.stopPropagation();
          handleDeleteTask(task.id);
        }}
      >
        <Trash2 />
      </button>
      <button type="button" onClick={onAddRow}><Plus /></button>
      <button onClick={() => navigator.clipboard.writeText(url)}>{copied ? <Check /> : <Copy />}</button>
      <button onClick={() => router.back()}><ArrowLeft /></button>`,
      ICONS,
    ),
    open: Array.from({ length: 5 }, () => 'unnamed-button'),
  },
  'one of two icons shows the state': {
    files: page(
      `      <button onClick={() => setOpen(!open)}>{open ? <X /> : <Menu />}</button>
      <button onClick={togglePlayback}>{!isPlaying ? <Play /> : <Pause />}</button>
      <button onClick={() => setShowPassword(!showPassword)}>{showPassword ? <EyeOff /> : <Eye />}</button>
      <button onClick={isRecording ? stopRecording : startRecording}><Mic /></button>
      <button onClick={streaming ? stop : submit}>{streaming ? <Square /> : <Send />}</button>`,
      ICONS,
    ),
    open: Array.from({ length: 5 }, () => 'unnamed-button'),
  },
  'a form, a comment, a link, a tooltip and a menu say what a button is for': {
    files: page(
      `      <form>
        <button type="submit"><Send /></button>
      </form>
      {/* Mobile menu button */}
      <button><Menu /></button>
      <Link href="/projects">
        <button><ArrowLeft /></button>
      </Link>
      <Tooltip>
        <TooltipTrigger asChild>
          <div><button onClick={go}><Copy /></button></div>
        </TooltipTrigger>
        <TooltipContent>Copy the link</TooltipContent>
      </Tooltip>
      <Tooltip content="Pause the run"><Button onClick={go}><Pause /></Button></Tooltip>`,
      `import Link from 'next/link';\n${ICONS}`,
    ),
    open: Array.from({ length: 5 }, () => 'unnamed-button'),
    manual: true,
  },
  'an icon and what happens say different things, or too little': {
    files: page(
      `      <button onClick={onToggle}>{enabled ? <Check /> : <Plus />}</button>
      <button onClick={openSettings}><X /></button>
      <button onClick={() => { onDelete(); onClose(); }}><X /></button>
      <button onClick={onNew}><Plus /></button>
      <button disabled><Mic /></button>`,
      ICONS,
    ),
    open: Array.from({ length: 5 }, () => 'unnamed-button'),
    manual: true,
  },
  'a page in another language gets no English word': {
    files: {
      'package.json': PACKAGE,
      'app/page.tsx': `import { X } from 'lucide-react';
export default function Page() {
  return (
    <div>
      <p>Crie uma conta para ver os projetos com que trabalha</p>
      <button onClick={onClose}><X /></button>
      <input name="email" />
      <input placeholder="Buscar mensagens" />
    </div>
  );
}
`,
    },
    open: ['unnamed-button', 'unlabelled-field', 'unlabelled-field'],
    manual: true,
  },
  'a file that takes its words from a catalog gets none of ours': {
    files: page(
      "      <button onClick={onClose}><X /></button>\n      <input placeholder={t('search.placeholder')} />",
      ICONS,
      "  const t = useTranslations('page');",
    ),
    open: ['unnamed-button', 'unlabelled-field'],
    manual: true,
  },
  'labels stand before their fields, behind them and in a line of their own': {
    files: page(
      `      <div>
        <label className="label">Full Name</label>
        <input
          type="text"
          className="input"
        />
      </div>
      <div>
        <div>
          <label>Password</label>
          <a href="/forgot">Forgot?</a>
        </div>
        <div className="frame">
          <Lock />
          <input type="password" />
        </div>
      </div>
      <div>
        <input type="checkbox" /> <label>Remember me</label>
      </div>
      {tasks.map((task) => (
        <div key={task.id}>
          <label>{task.name}</label>
          <input value={task.weight} onChange={change} />
        </div>
      ))}`,
      "import { Lock } from 'lucide-react';",
    ),
    open: Array.from({ length: 4 }, () => 'unlabelled-field'),
  },
  'one label, one field, in a component that is handed both': {
    files: {
      'package.json': PACKAGE,
      'app/page.tsx': `import React from 'react';

export const Field = React.forwardRef(function Field({ label, error, ...rest }, ref) {
  return (
    <div>
      {label && (
        <label>
          {label}
        </label>
      )}
      <input ref={ref} value={rest.value} />
    </div>
  );
});

export default function Page() {
  return <Field label="Name" />;
}
`,
    },
    open: ['unlabelled-field'],
  },
  'a component that waits on the server has no hooks, and a field that has an id keeps it': {
    files: {
      'package.json': PACKAGE,
      'app/page.tsx': `export default async function Page() {
  const data = await load();
  return (
    <form>
      <div>
        <label>Work email *</label>
        <input type="email" />
      </div>
      <div>
        <label>Team</label>
        <select id="team" />
      </div>
    </form>
  );
}
`,
    },
    open: ['unlabelled-field', 'unlabelled-field'],
  },
  'fields say what they are for by placeholder, caption, choice, name and type': {
    files: page(
      `      <input placeholder="Search models or providers..." />
      <input placeholder="Company name, e.g. Acme" />
      <div>
        <p>Custom Domain</p>
        <div>
          <Globe />
          <input placeholder="myapp.com" />
        </div>
      </div>
      <div>
        <div>
          <p>Session Timeout</p>
          <p>Locks after a while.</p>
        </div>
        <select><option>1 hour</option></select>
      </div>
      <select><option value="">Select a country</option></select>
      <select value={language} onChange={(e) => setLanguage(e.target.value)}><option>TypeScript</option></select>
      <input {...register('firstName')} />
      <input type="email" placeholder="you@example.com" />`,
      "import { Globe } from 'lucide-react';",
    ),
    open: Array.from({ length: 8 }, () => 'unlabelled-field'),
  },
  'a placeholder that asks for something names the field by that': {
    files: page(
      `      <input placeholder="Type your message..." />
      <input placeholder={'Type or speak your question here'} />
      <input placeholder="Enter email address" />
      <input placeholder="Paste a link or its code" />
      <input placeholder="Paste or type your code here..." />
      <input placeholder="Enter text" />
      <input placeholder="Ask the team, or press / for commands" />
      <input placeholder="Start typing to search..." />`,
    ),
    open: Array.from({ length: 8 }, () => 'unlabelled-field'),
  },
  'a button in each row of a list says which row it is for': {
    files: page(
      `      {files.map((file) => (
        <li key={file.id}>
          <span>{file.name}</span>
          <button onClick={() => removeFile(file.id)}><X /></button>
          <button onClick={togglePlayback}>{isPlaying ? <Pause /> : <Play />}</button>
        </li>
      ))}
      {tags.map(function (tag) {
        return <p>{tag} <button onClick={() => removeTag(tag)}><X /></button></p>;
      })}`,
      ICONS,
    ),
    open: Array.from({ length: 3 }, () => 'unnamed-button'),
  },
  'a component that is drawn in a list says which one its button is for': {
    files: {
      'package.json': PACKAGE,
      'app/page.tsx': `import { X } from 'lucide-react';

function Row({ file, onRemove }) {
  const getLabel = () => file.name + file.type;
  return <p>{file.size} {getLabel()} <button onClick={onRemove}><X /></button></p>;
}

function Tag({ label, onRemove }) {
  return <p>{onRemove} {label} <button onClick={onRemove}><X /></button></p>;
}

function Panel({ title, onClose }) {
  return <p>{title} <button onClick={onClose}><X /></button></p>;
}

export default function Page() {
  return (
    <div>
      ${WORDS}
      {files.map((file) => <Row key={file.id} file={file} />)}
      {files.map(({ id, name }) => <Tag key={id} label={name} />)}
      {files.map(({ id, title }) => <p key={id}>{id} {title} <button onClick={removeFile}><X /></button></p>)}
      <Panel title="Files" />
    </div>
  );
}
`,
    },
    open: Array.from({ length: 4 }, () => 'unnamed-button'),
  },
  'a button in each row of a list that shows no name': {
    files: page(
      `      {marks.map(({ icon }) => <p>{icon} <button onClick={removeFile}><X /></button></p>)}
      {files.map((file) => (
        <li key={file.id}>
          <img src={file.url} alt="" /> {getLabel()}
          <button onClick={() => removeFile(file.id)}><X /></button>
        </li>
      ))}`,
      ICONS,
      '  const getLabel = () => open;',
    ),
    open: ['unnamed-button', 'unnamed-button'],
    manual: true,
  },
  'fields that say nothing, or show an example of it': {
    files: page(
      `      <input placeholder="jane@example.com" />
      <input placeholder="0.00" />
      <input value={max} onChange={(e) => setMax(e.target.value)} />
      <div><h3>Billing</h3><input /></div>
      <div><p>Range</p><input type="number" /><input type="number" /></div>`,
    ),
    open: Array.from({ length: 6 }, () => 'unlabelled-field'),
    manual: true,
  },
  'what is clicked as a whole becomes a button': {
    files: page(
      `      <div
        className="card"
        onClick={() => setOpen(isOpen ? null : card.id)}
      >
        <h3>Card</h3>
      </div>
      <div onClick={() => setOpen(!open)}>More</div>
      <div role="button" onClick={choose}>Choose</div>`,
    ),
    open: ['mouse-only-control', 'mouse-only-control', 'role-without-keys'],
  },
  'a row or a cell of a table is clicked': {
    files: page(
      `      <table>
        <tbody>
          <tr onClick={choose}><td>Plan</td></tr>
          <tr role="button" onClick={choose}><td>Plan</td></tr>
          <tr><td onClick={choose}>Plan</td></tr>
        </tbody>
      </table>`,
    ),
    open: ['mouse-only-control', 'role-without-keys', 'mouse-only-control'],
    manual: true,
  },
  'what is clicked holds what it opens': {
    files: page(
      `      <div onClick={() => setOpen(!open)}>
        <h3>Card</h3>
        {open && (
          <p>Details</p>
        )}
      </div>`,
    ),
    open: ['mouse-only-control'],
    manual: true,
  },
  'pages in English that do not say so, in both routers': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx': `export default function Layout({ children }) {
  return (
    <html className="dark">
      <body>
        ${WORDS}
        {children}
      </body>
    </html>
  );
}
`,
      'pages/_document.tsx': `import { Head, Html, Main } from 'next/document';
export default () => <Html><Head /><body><Main /></body></Html>;
`,
    },
    open: ['page-without-language', 'page-without-language'],
  },
  'pages in a language that nothing tells': {
    files: {
      'package.json': PACKAGE,
      'app/layout.tsx':
        'export default ({ children }) => <html><body><p>Crie uma conta para ver os projetos</p>{children}</body></html>;\n',
      'app/global-error.tsx': 'export default () => <html {...props} />;\n',
    },
    open: ['page-without-language'],
    manual: true,
  },
  'what is clicked holds another control, is an item of a list, or shows nothing to read': {
    files: page(
      `      <div onClick={() => setOpen(!open)}>
        <p>Invite</p>
        <input aria-label="Email" />
      </div>
      <ul>
        <li onClick={choose}>Item</li>
      </ul>
      <div onClick={choose}><X /></div>
      <div role="link" onClick={choose}>Go</div>`,
      ICONS,
    ),
    open: ['mouse-only-control', 'mouse-only-control', 'mouse-only-control', 'role-without-keys'],
    manual: true,
  },
  'a panel on its backdrop is a dialog': {
    files: page(
      `      {open && (
        <div className="backdrop" onClick={() => setOpen(false)}>
          <div
            className="panel"
            onClick={(e) => e.stopPropagation()}
          >
            <h2>Invite people</h2>
          </div>
        </div>
      )}
      <Detail planet={planet} onClose={() => setOpen(false)} />`,
      "import { Detail } from './detail';",
    ),
    open: ['mouse-only-control', 'mouse-only-control'],
  },
  'a dialog without a heading is named by what opens it': {
    files: page(
      `      <button onClick={() => setOpen(true)}>Prices</button>
      {open && (
        <div onClick={() => setOpen(false)}>
          <div onClick={(event) => event.stopPropagation()}>
            <p>One dollar</p>
          </div>
        </div>
      )}`,
    ),
    open: ['mouse-only-control', 'mouse-only-control'],
  },
  'a dialog is named by what it shows, and closes by what is declared further down': {
    files: {
      'package.json': PACKAGE,
      'src/app/page.jsx': `'use client';
export default function Detail({ planet, onTravel }) {
  const close = () => onTravel(null);

  if (!planet) return null;
  return (
    <div onClick={close}>
      <div onClick={(e) => e.stopPropagation()}>
        <h2>{planet.name}</h2>
      </div>
    </div>
  );
}
`,
    },
    open: ['mouse-only-control', 'mouse-only-control'],
  },
  'a backdrop behind a dialog that Escape closes': {
    files: page(
      `      {open && (
        <>
          <div className="backdrop" onClick={() => setOpen(false)} />
          <div>
            <div role="dialog" aria-modal="true" aria-label="Invite" />
          </div>
        </>
      )}`,
      '',
      "  useKey((event) => event.key === 'Escape' && setOpen(false));",
    ),
    open: ['mouse-only-control'],
  },
  'a backdrop behind a panel that another button closes, and Escape, which is no dialog': {
    files: page(
      `      <div className="backdrop" onClick={() => setOpen(false)} />
      <div>
        <button onClick={() => setOpen(false)}>Close</button>
      </div>`,
      '',
      "  useKey((event) => event.key === 'Escape' && setOpen(false));",
    ),
    open: ['mouse-only-control'],
    manual: true,
  },
  'a backdrop behind a dialog that no key closes': {
    files: page(
      `      <div className="backdrop" onClick={() => setOpen(false)} />
      <div role="dialog" aria-label="Invite" />`,
    ),
    open: ['mouse-only-control'],
    manual: true,
  },
  'a backdrop that alone closes what lies on it, or is hidden at times': {
    files: page(
      `      <div className="backdrop" onClick={closeAll} />
      <div aria-hidden={!open} onClick={() => setOpen(false)} />`,
    ),
    open: ['mouse-only-control', 'mouse-only-control'],
    manual: true,
  },
});
