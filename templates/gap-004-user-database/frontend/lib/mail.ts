import { Resend } from 'resend';

/** The product as its mails call it. */
export const PRODUCT = 'A.I.M.S.';
const SECONDS = 10;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Whether mail is set up here. Compose passes a variable that is not set on as an empty one. */
export function canSendMail(): boolean {
  return Boolean(process.env.RESEND_API_KEY && process.env.EMAIL_FROM);
}

/** Whether a link can be mailed: in production it needs the address of this site too; in development it is printed. */
export function canMailLinks(): boolean {
  return process.env.NODE_ENV !== 'production' || (canSendMail() && Boolean(process.env.NEXTAUTH_URL));
}

/** Sends one mail. A failure is logged here, with its cause and without the text, and then thrown. */
export async function sendMail(mail: Mail): Promise<void> {
  try {
    await withinSeconds(SECONDS, deliver(mail));
  } catch (error) {
    console.error(`The mail "${mail.subject}" could not be sent`, error);
    throw error;
  }
}

/**
 * A link for a mail. It starts with the configured address of this site, never with the Host header, which whoever
 * asks can choose. The token stands behind the #, which is sent to no server: it is in no log and no Referer.
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

/** Resend's client waits for as long as its server lets it. */
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

/** Who writes, from which site, and where questions go: SUPPORT_EMAIL, where it is set. */
function signature(): string {
  const { NEXTAUTH_URL: site, SUPPORT_EMAIL: support } = process.env;
  const who = site ? `${PRODUCT}, ${new URL(site).origin}` : PRODUCT;
  return support ? `${who}\nQuestions? Write to ${support}.` : who;
}

function siteAddress(): string {
  const isProduction = process.env.NODE_ENV === 'production';
  return isProduction ? required('NEXTAUTH_URL') : process.env.NEXTAUTH_URL || 'http://localhost:3000';
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
