import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const DEPENDENCIES = '"next": "14.0.4", "zod": "^3.22.4", "react-hook-form": "^7.0.0"';
const FIELDS = '<input name="email" type="email" required /><button type="submit">Send</button>';
const SCHEMA =
  "import { z } from 'zod';\nexport const contactSchema = z.object({ email: z.string().email() });\n";

/** An app with these files; they may import from the root by `@/`. */
function app(files: Record<string, string>): Record<string, string> {
  return {
    'package.json': `{ "dependencies": { ${DEPENDENCIES} } }`,
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    'app/layout.tsx': 'export default ({ children }) => children;\n',
    'lib/schemas.ts': SCHEMA,
    ...files,
  };
}

/** A contact page: what stands above the component, what in it, and the form's attributes. */
function contact(
  above: string,
  body: string,
  attributes: string,
  more: Record<string, string> = {},
): Record<string, string> {
  const page = `'use client';\n${above}\nexport default function Page() {\n  ${body}\n  return <form ${attributes}>${FIELDS}</form>;\n}\n`;
  return app({ 'app/contact/page.tsx': page, ...more });
}

const SEND = `const send = (e) => {
    e.preventDefault();
    fetch('/api/contact', { method: 'POST' });
  };`;

testGap(gap, import.meta.url, {
  // Open in its ways.
  'a form sends what was typed': { files: contact('', SEND, 'onSubmit={send}'), open: ['no-schema'] },
  'a button elsewhere submits the form': {
    files: app({
      'app/page.tsx':
        'export default () => <><form id="f"><input /></form><button form="f">Send</button></>;\n',
    }),
    open: ['no-schema'],
  },
  'a form has no handler': { files: contact('', '', 'className="a"'), open: ['no-schema'] },
  'three forms of one page': {
    files: app({
      'app/sign-up/page.tsx': `export default function Page() {\n  return (\n    <>\n      <form onSubmit={a}>${FIELDS}</form>\n      <form onSubmit={b}>${FIELDS}</form>\n      <form onSubmit={(e) => { e.preventDefault(); }}><CountrySelect /></form>\n    </>\n  );\n}\n`,
    }),
    open: ['no-schema', 'no-schema'],
  },
  'constraints of HTML, and a message when the request has failed': {
    files: contact(
      '',
      `const send = async (e) => {
    e.preventDefault();
    if (isBusy) return;
    const response = await post(JSON.parse(x), Date.parse(y));
    if (!response.ok) {
      setError('Not sent');
      return;
    }
  };`,
      'onSubmit={send}',
    ),
    open: ['no-schema'],
  },
  'a condition that is about the session, not about what was typed': {
    files: contact(
      '',
      `const send = (e) => {
    if (!session) {
      toast.error('Sign in first');
      return;
    }
    post(read(e));
  };`,
      'onSubmit={send}',
    ),
    open: ['no-schema'],
  },
  'a server action without a schema': {
    files: contact("import { save } from './actions';", '', 'action={save}', {
      'app/contact/actions.ts': `'use server';
export async function save(data) {
  await db.insert(data.get('email'));
}
`,
    }),
    open: ['no-schema'],
  },
  'a form of a component in JavaScript under src': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'src/app/page.jsx': "import { Box } from '../components/box';\nexport default () => <Box />;\n",
      'src/components/box.jsx': `export const Box = () => <form onSubmit={send}>${FIELDS}</form>;\n`,
    },
    open: ['no-schema'],
  },
  'a form library without rules': {
    files: contact(
      "import { useForm } from 'react-hook-form';",
      'const { register, handleSubmit } = useForm();',
      "onSubmit={handleSubmit((v) => post(v))} {...register('email', { required: false })}",
    ),
    open: ['no-resolver'],
  },
  'the sign-in page has fields and no form': {
    files: app({
      'app/(auth)/sign-in/page.tsx': `export default function Page() {
  return <div><input type="password" /><button>Sign in</button></div>;
}
`,
    }),
    open: ['fields-without-form'],
  },
  'the settings page keeps nothing': {
    files: app({
      'app/dashboard/settings/page.tsx': `'use client';
export default function Page() {
  return <div><input defaultValue="a" /><button onClick={() => setSaved(true)}>Save</button></div>;
}
`,
    }),
    open: ['fields-without-form'],
  },
  'the onboarding pages have fields and no form': {
    files: app({
      'app/onboarding/page.tsx':
        'export default () => <div><Input placeholder="Name" /><Button>Go</Button></div>;\n',
      'app/onboarding/[step]/page.tsx':
        "export default () => <div><input placeholder=\"Name\" /><button onClick={() => localStorage.setItem('a', 'b')}>Go</button></div>;\n",
    }),
    open: ['fields-without-form', 'fields-without-form'],
  },

  'a Form of a component library, with fields that wrap their inputs': {
    files: app({
      'app/page.tsx': `import { Form, FormField, TextField } from '@acme/zen';
export default () => (
  <Form onSubmit={save}>
    <FormField name="user">
      <TextField />
    </FormField>
    <Submit />
  </Form>
);
`,
    }),
    open: ['no-schema'],
  },
  'a Form that says what to do when it is finished': {
    files: app({
      'app/page.jsx':
        'import { Form, Input } from \'antd\';\nexport default () => <Form onFinish={save}><Form.Item name="a"><Input /></Form.Item></Form>;\n',
    }),
    open: ['no-schema'],
  },

  'a form that sends nothing itself stands in the provider of one without a resolver': {
    files: app({
      'app/page.tsx': `'use client';\nimport { FormProvider, useForm } from 'react-hook-form';\nexport default function Page() {\n  const methods = useForm({ defaultValues });\n  return <FormProvider {...methods}><form onSubmit={(e) => e.preventDefault()}>${FIELDS}</form></FormProvider>;\n}\n`,
    }),
    open: ['no-resolver'],
  },

  // Looks closed, and is not.
  'a schema is imported and never parsed with': {
    files: contact(
      "import { contactSchema } from '@/lib/schemas';",
      `${SEND}\n  void contactSchema;`,
      'onSubmit={send}',
    ),
    open: ['schema-not-parsed'],
  },
  'a schema gives its type alone': {
    files: contact(
      "import { z } from 'zod';\nimport { useForm } from 'react-hook-form';\nconst contactSchema = z.object({ email: z.string() });",
      'const form = useForm<z.infer<typeof contactSchema>>();',
      'onSubmit={form.handleSubmit(post)}',
    ),
    open: ['no-resolver'],
  },
  'the schema belongs to the other form': {
    files: app({
      'app/page.tsx': `'use client';\nimport { contactSchema } from '@/lib/schemas';\nexport default function Page() {\n  const first = (e) => {\n    contactSchema.parse(read(e));\n  };\n  const second = (e) => {\n    post(read(e));\n  };\n  return <><form onSubmit={first}>${FIELDS}</form><form onSubmit={second}>${FIELDS}</form></>;\n}\n`,
    }),
    open: ['schema-not-parsed'],
  },
  'two components call their handlers alike, and one of them checks': {
    files: app({
      'app/page.tsx': `'use client';\nimport { contactSchema } from '@/lib/schemas';\nexport function A() {\n  const onSubmit = (v) => {\n    post(v);\n  };\n  return <form onSubmit={onSubmit}>${FIELDS}</form>;\n}\nexport default function B() {\n  const onSubmit = (v) => {\n    contactSchema.parse(v);\n  };\n  return <form onSubmit={onSubmit}>${FIELDS}</form>;\n}\n`,
    }),
    open: ['schema-not-parsed'],
  },
  'another action of the same module checks': {
    files: contact("import { save } from './actions';", '', 'action={save}', {
      'app/contact/actions.ts': `'use server';
import { contactSchema } from '@/lib/schemas';
export async function save(data) {
  await db.insert(data);
}
export async function other(data) {
  contactSchema.parse(data);
}
`,
    }),
    open: ['no-schema'],
  },
  'the check stands in a comment': {
    files: contact(
      "import { contactSchema } from '@/lib/schemas';",
      `const send = (e) => {
    // contactSchema.parse(e)
    post(e);
  };`,
      'onSubmit={send}',
    ),
    open: ['schema-not-parsed'],
  },
  'the route checks and the form does not': {
    files: contact('', SEND, 'onSubmit={send}', {
      'app/api/contact/route.ts': `import { contactSchema } from '@/lib/schemas';
export async function POST(r) {
  return Response.json(contactSchema.parse(await r.json()));
}
`,
    }),
    open: ['no-schema'],
  },

  // Closed in its ways.
  'rules of react-hook-form': {
    files: contact(
      "import { useForm } from 'react-hook-form';",
      'const { register, handleSubmit } = useForm();',
      "onSubmit={handleSubmit((v) => post(v))} {...register('email', { required: 'Who are you?' })}",
    ),
    closed: true,
  },
  'rules that a field is given': {
    files: app({
      'app/page.tsx': `import { Form, FormField, TextField } from '@acme/zen';
export default () => (
  <Form onSubmit={save}>
    <FormField name="user" rules={{ required: true }}>
      <TextField />
    </FormField>
  </Form>
);
`,
    }),
    closed: true,
  },
  'a form library is given functions of its own': {
    files: contact(
      "import { useForm } from '@mantine/form';",
      `const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.includes('@') ? null : 'No address') },
  });`,
      'onSubmit={form.onSubmit(post)}',
    ),
    closed: true,
  },
  'a condition of its own with a message': {
    files: contact(
      '',
      `const send = async (e) => {
    e.preventDefault();
    if (!e.target.email.value.includes('@')) return setError('No address');
    await post(e);
  };`,
      'onSubmit={send}',
    ),
    closed: true,
  },
  'a condition on the variable that a field shows': {
    files: app({
      'app/page.tsx': `'use client';
export default function Page() {
  const [nick, setNick] = useState('');
  const send = async (e) => {
    if (nick.length < 3) {
      toast.error('Too short');
      return;
    }
    await fetch('/api/nick', { method: 'POST' });
  };
  return (
    <form onSubmit={send}>
      <input value={nick} onChange={(e) => setNick(e.target.value)} />
      <button>Save</button>
    </form>
  );
}
`,
    }),
    closed: true,
  },
  'a server action answers with what is wrong': {
    files: contact("import { save } from './actions';", '', 'action={save}', {
      'app/contact/actions.ts': `'use server';
export async function save(data) {
  const email = data.get('email');
  if (!email) return { error: 'Who are you?' };
  await db.insert(email);
}
`,
    }),
    closed: true,
  },
  'a validator of its own in another module': {
    files: contact(
      "import { validateContact } from '@/lib/validate';",
      `const send = async (e) => {
    const found = validateContact(e);
    if (Object.keys(errors).length > 0) return;
    await post(e);
  };`,
      'onSubmit={send}',
      {
        'lib/validate.ts': `export function validateContact(e) {
  const errors = {};
  errors.email = 'No address';
  return errors;
}
`,
      },
    ),
    closed: true,
  },
  'the check of the browser, asked for': {
    files: contact(
      '',
      `const send = (e) => {
    e.preventDefault();
    if (!e.currentTarget.checkValidity()) return;
    post(e);
  };`,
      'noValidate onSubmit={send}',
    ),
    closed: true,
  },
  "the box for a link in an editor's toolbar": {
    files: app({
      'components/toolbar.tsx': `export function LinkBox({ editor }) {
  const apply = (e) => {
    editor.chain().focus().setLink({ href: e.target.href.value }).run();
  };
  return (
    <form onSubmit={apply}>
      <input name="href" />
      <button>Set</button>
    </form>
  );
}
`,
    }),
    closed: true,
  },
  'a resolver of react-hook-form': {
    files: contact(
      "import { useForm } from 'react-hook-form';\nimport { zodResolver } from '@hookform/resolvers/zod';\nimport { contactSchema } from '@/lib/schemas';",
      'const { handleSubmit } = useForm({\n    resolver: zodResolver(contactSchema),\n  });',
      'onSubmit={handleSubmit((v) => post(v))}',
    ),
    closed: true,
  },
  'a resolver, with the names one below the other': {
    files: contact(
      "import { useForm } from 'react-hook-form';\nimport { zodResolver } from '@hookform/resolvers/zod';",
      `const {
    register,
    handleSubmit,
  } = useForm<Data>({
    resolver: zodResolver(shape),
  });
  async function onSubmit(data) {
    await post(data);
  }`,
      'onSubmit={handleSubmit(onSubmit)}',
    ),
    closed: true,
  },
  'the handler leads far, and the resolver is near': {
    files: contact(
      "import { useForm } from 'react-hook-form';\nimport { zodResolver } from '@hookform/resolvers/zod';\nimport { far } from '@/lib/far';",
      `const { handleSubmit } = useForm({
    resolver: zodResolver(shape),
  });
  const onSubmit = (data) => far(data);`,
      'onSubmit={handleSubmit(onSubmit)}',
      {
        'lib/far.ts': `${Array.from({ length: 400 }, (_, i) => `const f${i} = () => f${i + 1}();`).join('\n')}\nexport const far = () => f0();\n`,
      },
    ),
    closed: true,
  },
  'a hook of its own brings the resolver': {
    files: contact(
      "import { useContact } from '@/hooks';",
      'const form = useContact();',
      'onSubmit={form.handleSubmit(post)}',
      {
        'hooks/index.ts': "export * from './use-contact';\n",
        'hooks/use-contact.ts': `import { useForm } from 'react-hook-form';
import { yupResolver } from '@hookform/resolvers/yup';
export function useContact() {
  return useForm({ resolver: yupResolver(shape) });
}
`,
      },
    ),
    closed: true,
  },
  'the handler parses': {
    files: contact(
      "import { contactSchema } from '@/lib/schemas';",
      `const send = (e) => {
    const result = contactSchema.safeParse(read(e));
    if (result.success) post(result.data);
  };`,
      'onSubmit={send}',
    ),
    closed: true,
  },
  'a helper of another module parses': {
    files: contact(
      "import { check } from '@/lib/check';",
      'const send = useCallback((e) => {\n    check(e);\n  }, []);',
      'onSubmit={send}',
      {
        'lib/check.ts': `import { contactSchema } from './schemas';
const run = (v) => contactSchema.parse(v);
export { run as check };
`,
      },
    ),
    closed: true,
  },
  'a server action parses': {
    files: contact(
      "import { useActionState } from 'react';\nimport { save } from './actions';",
      'const [state, formAction] = useActionState(save, null);',
      'action={formAction}',
      {
        'app/contact/actions.ts': `'use server';
import { contactSchema } from '@/lib/schemas';
export async function save(_, data) {
  const parsed = contactSchema.safeParse(Object.fromEntries(data));
  return parsed.error;
}
`,
      },
    ),
    closed: true,
  },
  'an action in the form parses': {
    files: app({
      'app/page.tsx': `import { z } from 'zod';\nexport default function Page() {\n  async function save(data) {\n    'use server';\n    z.object({ email: z.string() }).parse(data);\n  }\n  return <form action={save}>${FIELDS}</form>;\n}\n`,
    }),
    closed: true,
  },
  'a button of the form brings the action': {
    files: app({
      'app/page.tsx': `import { contactSchema } from '@/lib/schemas';\nconst save = (data) => {\n  contactSchema.parse(data);\n};\nexport default function Page() {\n  return <form><input name="a" /><button formAction={save}>Send</button></form>;\n}\n`,
    }),
    closed: true,
  },
  'a safe action takes the schema': {
    files: contact(
      "import { save } from './actions';",
      'const { execute } = useAction(save);',
      'action={execute}',
      {
        'app/contact/actions.ts': `'use server';
import { client } from '@/lib/client';
import { contactSchema } from '@/lib/schemas';
export const save = client.inputSchema(contactSchema).action(async () => {});
`,
      },
    ),
    closed: true,
  },
  valibot: {
    files: contact(
      "import * as v from 'valibot';\nconst Contact = v.object({});",
      'const send = (e) => {\n    v.safeParse(Contact, e);\n  };',
      'onSubmit={send}',
    ),
    closed: true,
  },
  superstruct: {
    files: contact(
      "import { assert, object } from 'superstruct';\nconst Contact = object({});",
      'const send = (e) => {\n    assert(e, Contact);\n  };',
      'onSubmit={send}',
    ),
    closed: true,
  },
  joi: {
    files: contact(
      "import Joi from 'joi';\nconst schema = Joi.object({});",
      'const send = (e) => {\n    const { error } = schema.validate(e);\n  };',
      'onSubmit={send}',
    ),
    closed: true,
  },
  ajv: {
    files: contact(
      "import Ajv from 'ajv';\nconst ajv = new Ajv();\nconst isContact = ajv.compile({});",
      'const send = (e) => {\n    if (isContact(e)) post(e);\n  };',
      'onSubmit={send}',
    ),
    closed: true,
  },
  'formik with yup': {
    files: app({
      'app/page.tsx': `import { Formik, Form } from 'formik';\nexport default function Page() {\n  return <Formik validationSchema={shape} onSubmit={post}>{() => <Form>${FIELDS}</Form>}</Formik>;\n}\n`,
    }),
    closed: true,
  },
  useFormik: {
    files: contact(
      "import { useFormik } from 'formik';",
      `const formik = useFormik({
    validationSchema: shape,
    onSubmit: post,
  });`,
      'onSubmit={formik.handleSubmit}',
    ),
    closed: true,
  },
  'a Form of its own takes the schema, and its fields come from a function': {
    files: app({
      'components/form.tsx': `import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
export const Form = ({ schema, onSubmit, children }) => {
  const form = useForm({ resolver: zodResolver(schema) });
  return <form onSubmit={form.handleSubmit(onSubmit)}>{children(form)}</form>;
};
`,
      'app/page.tsx': `import { Form } from '@/components/form';
import { contactSchema } from '@/lib/schemas';
export default () => <Form schema={contactSchema} onSubmit={save}>{({ register }) => <><Input registration={register('email')} /><Button>Send</Button></>}</Form>;
`,
    }),
    closed: true,
  },
  conform: {
    files: contact(
      "import { useForm } from '@conform-to/react';\nimport { parseWithZod } from '@conform-to/zod';",
      'const [form, fields] = useForm({\n    onValidate: ({ formData }) => parseWithZod(formData, { schema }),\n  });',
      'id={form.id} onSubmit={form.onSubmit}',
    ),
    closed: true,
  },
  'tRPC checks the input': {
    files: contact(
      "import { api } from '@/lib/api';",
      `const create = api.post.create.useMutation();
  const send = (e) => {
    create.mutate(read(e));
  };`,
      'onSubmit={send}',
      {
        'server/post.ts': `export const post = router({
  create: publicProcedure
    .input(z.object({ email: z.string() }))
    .mutation(save),
});
`,
      },
    ),
    closed: true,
  },
  'tRPC checks the input of a procedure that its router calls otherwise': {
    files: contact(
      "import { api } from '@/lib/api';",
      `const rename = api.team.name.useMutation();
  const send = (e) => {
    rename.mutate(read(e));
  };`,
      'onSubmit={send}',
      {
        'server/rename.ts': `export const renameTeam = workspaceProcedure
  .input(z.object({ name: z.string() }))
  .mutation(save);
`,
        'server/index.ts':
          "import { renameTeam } from './rename';\nexport const app = t.router({ team: t.router({ name: renameTeam }) });\n",
      },
    ),
    closed: true,
  },
  'a form that sends nothing itself stands in the provider of one with a resolver': {
    files: app({
      'app/page.tsx': `'use client';\nimport { FormProvider, useForm } from 'react-hook-form';\nimport { zodResolver } from '@hookform/resolvers/zod';\nexport default function Page() {\n  const methods = useForm({ resolver: zodResolver(shape) });\n  return <FormProvider {...methods}><form onSubmit={(e) => e.preventDefault()}>${FIELDS}</form></FormProvider>;\n}\n`,
    }),
    closed: true,
  },
  'tanstack form': {
    files: contact(
      "import { useForm } from '@tanstack/react-form';\nimport { contactSchema } from '@/lib/schemas';",
      'const form = useForm({\n    validators: { onChange: contactSchema },\n  });',
      'onSubmit={() => form.handleSubmit()}',
    ),
    closed: true,
  },
  'the handler comes in from where the component is rendered': {
    files: app({
      'components/box.tsx': `export function Box({ onSend }) {\n  return <form onSubmit={(e) => onSend(e)}>${FIELDS}</form>;\n}\n`,
      'app/page.tsx': `import { Box } from '@/components/box';
import { contactSchema } from '@/lib/schemas';
export default function Page() {
  const send = (v) => {
    contactSchema.parse(v);
  };
  return <Box onSend={send} />;
}
`,
    }),
    closed: true,
  },
  'the handler comes in from the same file': {
    files: app({
      'app/page.tsx': `import { zodResolver } from '@hookform/resolvers/zod';\nexport default function Page() {\n  const form = useForm({ resolver: zodResolver(shape) });\n  return <Name control={form.control} onSubmit={form.handleSubmit(post)} />;\n}\nfunction Name({\n  control,\n  onSubmit,\n}: { control: Control; onSubmit: Handler }) {\n  return <form onSubmit={onSubmit}>${FIELDS}</form>;\n}\n`,
    }),
    closed: true,
  },
  'a form of another app checks, and so does its own': {
    files: {
      'apps/web/package.json': '{ "dependencies": { "next": "14", "@acme/ui": "workspace:*" } }',
      'apps/web/app/page.tsx': "import { Box } from '@acme/ui';\nexport default () => <Box />;\n",
      'packages/ui/package.json': '{ "name": "@acme/ui" }',
      'packages/ui/src/index.tsx': `import { shape } from './shape';\nexport const Box = () => <form action={(d) => shape.parse(d)}>${FIELDS}</form>;\n`,
      'packages/ui/src/shape.ts': "import { z } from 'zod';\nexport const shape = z.object({});\n",
    },
    closed: true,
  },
  'the sign-in page leaves its form to a component that checks': {
    files: app({
      'app/sign-in/page.tsx':
        "import { SignIn } from './form';\nexport default () => <div><SignIn /><button>Back</button></div>;\n",
      'app/sign-in/form.tsx': `import { contactSchema } from '@/lib/schemas';\nexport const SignIn = () => <form action={(d) => { contactSchema.parse(d); }}>${FIELDS}</form>;\n`,
    }),
    closed: true,
  },

  // Not applicable.
  'searches and mere buttons ask for no data': {
    files: app({
      'app/page.tsx':
        '// <form onSubmit={x}><input /></form>\nexport default () => <><form action="/search"><input name="q" /></form><form role="search"><input /></form><form method="get"><input /></form><form><input type="search" /></form><form action={signOut}><input type="hidden" name="a" /><button>Sign out</button></form></>;\n',
    }),
    notApplicable: true,
  },
  'one of some choices, and forms that only keep the browser from sending': {
    files: app({
      'app/page.tsx': `export default function Page() {
  const hold = (e) => {
    e.preventDefault();
  };
  return (
    <>
      <form onSubmit={choose}>
        <Select options={plans} />
        <button>Choose</button>
      </form>
      <form onSubmit={(e) => e.preventDefault()}>
        <input value={filter} />
        <button>Go</button>
      </form>
      <form
        onSubmit={function (e) {
          e.preventDefault();
          e.stopPropagation();
        }}
      >
        <input value={filter} />
        <button>Go</button>
      </form>
      <form onSubmit={hold}>
        <input value={filter} />
        <button>Go</button>
      </form>
    </>
  );
}
`,
    }),
    notApplicable: true,
  },
  'a form that nothing submits, and a word typed to confirm': {
    files: app({
      'app/page.tsx':
        'export default () => <><form><input value={name} /></form><form id="f"><Input value={value} /></form><Button form="f" type="submit" disabled={value !== confirmationValue}>Delete</Button></>;\n',
    }),
    notApplicable: true,
  },
  'a search box, an upload and a deletion by their files': {
    files: app({
      'components/invoice-search-filter.tsx': `export const A = () => <form onSubmit={go}><Input placeholder="Search" /></form>;\n`,
      'components/avatar.tsx': 'export const B = () => <form onSubmit={go}><input type="file" /></form>;\n',
      'components/delete-team-modal.tsx':
        'export const C = () => <form onSubmit={go}><Input name="verification" /></form>;\n',
    }),
    notApplicable: true,
  },
  'a word that a rule compares, and a picture to upload': {
    files: app({
      'app/page.tsx':
        'export default () => <><Form onSubmit={remove}><FormField name="confirm" rules={{ validate: value => value === name }}><TextField /></FormField></Form><form onSubmit={send}><FileUpload accept="images" /></form></>;\n',
      'components/leave-team.tsx':
        'export const Leave = () => <form onSubmit={go}><Input name="team" /></form>;\n',
    }),
    notApplicable: true,
  },
  'a box says that it searches, and files are dropped': {
    files: app({
      'app/page.tsx':
        'export default () => <><form><input placeholder="Search or type a command" /><button>Go</button></form><form {...getRootProps()}><input {...getInputProps()} /></form></>;\n',
    }),
    notApplicable: true,
  },
  'nothing is typed, or nothing is sent': {
    files: app({
      'app/page.tsx':
        'export default () => <><form method="POST" action="/pick"><input type="radio" name="a" /><input type="radio" name="b" /></form><form><Input value={label} /><Button onClick={add}>Add</Button><Button onClick={move}>Move</Button></form></>;\n',
      'components/DeleteTeam.tsx':
        'export const DeleteTeam = () => <form onSubmit={go}><Input name="team" /></form>;\n',
    }),
    notApplicable: true,
  },
  'a form in a test or a story does not ship': {
    files: app({ 'app/page.test.tsx': `test(() => <form onSubmit={a}>${FIELDS}</form>);\n` }),
    notApplicable: true,
  },
  'shadcn hands on a context': {
    files: app({
      'app/page.tsx':
        "import { Form } from '@/components/ui/form';\nexport default () => <Form {...form}><input /></Form>;\n",
    }),
    notApplicable: true,
  },
  'there is no Next.js app': {
    files: { 'package.json': '{}', 'src/a.tsx': `export const A = () => <form>${FIELDS}</form>;\n` },
    notApplicable: true,
  },
});
