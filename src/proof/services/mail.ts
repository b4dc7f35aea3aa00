import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Mail, MailBox } from '../../world.ts';
import { bodyOf, type Listening, listen } from '../ports.ts';
import { until } from '../until.ts';

/** A mail box that speaks the Resend API (POST /emails, https://resend.com/docs/api-reference/emails/send-email). */
export interface MailSink extends Listening {
  readonly box: MailBox;
  /** Forgets what came and answers normally again. */
  reset(): void;
}

export async function startMailSink(): Promise<MailSink> {
  const mails: Mail[] = [];
  const handed = new Set<Mail>();
  let failure: number | undefined;
  const server = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      if (failure !== undefined)
        return answer(response, failure, { name: 'application_error', message: 'no mail today' });
      if (request.method !== 'POST' || !/\/emails(\/batch)?$/.test(request.url ?? ''))
        return answer(response, 404, { name: 'not_found', message: 'The requested endpoint does not exist' });
      if (!/^Bearer \S+/.test(request.headers.authorization ?? ''))
        return answer(response, 401, { name: 'missing_api_key', message: 'Missing API key' });
      const mail = parseMail(body.toString());
      if (typeof mail === 'string') return answer(response, 422, { name: 'validation_error', message: mail });
      mails.push(mail);
      answer(response, 200, { id: randomUUID() });
    });
  });
  return {
    ...server,
    box: {
      next: (to, seconds = 10) =>
        until(seconds, () => {
          const mail = mails.find((each) => !handed.has(each) && each.to.includes(to));
          if (mail) handed.add(mail);
          return mail;
        }),
      all: () => [...mails],
      fail: (status) => {
        failure = status;
      },
    },
    reset() {
      mails.length = 0;
      failure = undefined;
    },
  };
}

/** The mail, or what Resend would complain of. */
function parseMail(body: string): Mail | string {
  const { from, to, subject, html = '', text = '' } = fieldsOf(body);
  if (typeof from !== 'string' || from === '') return 'Missing `from` field.';
  if (typeof subject !== 'string' || subject === '') return 'Missing `subject` field.';
  if (!html && !text) return 'Missing `html` or `text` field.';
  const receivers = [to].flat().filter((each) => typeof each === 'string');
  if (receivers.length === 0) return 'Missing `to` field.';
  return { from, to: receivers, subject, html: String(html), text: String(text) };
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
