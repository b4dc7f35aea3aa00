import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import type { Schema } from './schema.ts';
import type { TypeSchemas } from './type-schema.ts';

/** A way in which a request says who sends it. */
export type Credential = 'bearer' | 'x-api-key';

/** What reads inputs. */
export interface InputReader {
  readonly code: TypedCode;
  readonly types: TypeSchemas;
}

/** A body of one type. */
export interface Body {
  readonly contentType: string;
  readonly schema: Schema;
}
