import { Resend } from 'resend';

/** The product name in emails. */
export const PRODUCT = 'A.I.M.S.';
const SECONDS = 10;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Whether mail is set up. Compose passes unset variables as empty strings. */
export function canSendMail(): boolean {
  return Boolean(process.env.RESEND_API_KEY && process.env.EMAIL_FROM);
}

/** Whether links can be emailed. Production needs the site's address too; development prints the link instead. */
export function canMailLinks(): boolean {
  return process.env.NODE_ENV !== 'production' || (canSendMail() && Boolean(process.env.NEXTAUTH_URL));
}

/** Sends one email. Logs a failure with its cause, but without the email's text, and rethrows it. */
export async function sendMail(mail: Mail): Promise<void> {
  try {
    await withinSeconds(SECONDS, deliver(mail));
  } catch (error) {
    console.error(`The email "${mail.subject}" could not be sent`, error);
    throw error;
  }
}

/**
 * A link for an email. It uses the configured site address, never the Host header, which the client controls. The
 * token is in the fragment, which browsers never send, so it ends up in no log and no Referer header.
 */
export function mailLink(path: string, token: string): string {
  const link = new URL(path, siteAddress());
  link.hash = `token=${token}`;
  return link.href;
}

async function deliver({ to, subject, text }: Mail): Promise<void> {
  const resend = new Resend(required('RESEND_API_KEY'));
  const from = required('EMAIL_FROM');
  const { error } = await resend.emails.send({ from, to, subject, text: `${text}\n\n${signature()}` });
  if (error) throw new Error(`Resend answered ${error.name}: ${error.message}`);
}

/** Resend's client has no timeout of its own. */
async function withinSeconds(seconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Resend gave no answer in ${seconds} seconds`)), seconds * 1000);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Names the sender, the site, and, if SUPPORT_EMAIL is set, where to send questions. */
function signature(): string {
  const { NEXTAUTH_URL: site, SUPPORT_EMAIL: support } = process.env;
  const who = site ? `${PRODUCT}, ${new URL(withScheme(site)).origin}` : PRODUCT;
  return support ? `${who}\nQuestions? Write to ${support}.` : who;
}

function siteAddress(): string {
  const isProduction = process.env.NODE_ENV === 'production';
  const site = isProduction ? required('NEXTAUTH_URL') : process.env.NEXTAUTH_URL || 'http://localhost:3000';
  return withScheme(site);
}

/** NextAuth accepts an address without a scheme, and takes it for https. */
function withScheme(site: string): string {
  return /^https?:\/\//.test(site) ? site : `https://${site}`;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
