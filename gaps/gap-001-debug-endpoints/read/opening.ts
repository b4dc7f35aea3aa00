import type { Expression, Node, Statement } from 'oxc-parser';
import { ASKS, DENIES, NEUTRAL, REFUSES, SETTING, STAGE_WORDS, WHO } from '../tables.ts';
import { conditionVerdict } from './condition-verdict.ts';
import { type Definition, definitionOf, type Place } from './definitions.ts';
import { helperVerdict } from './guard-functions.ts';
import { expanded, type Scope } from './scope.ts';
import { bare, type Callable, ends, isFunction, isHandedOn, isHarmless, nameOf } from './statements.ts';
import type { Verdict } from './verdict.ts';

const OPEN: Verdict = { kind: 'open' };
const UNSEEN: Verdict = { kind: 'unseen' };

const MOST_STEPS = 6;

/** What the handler that a definition stands for does first. */
export function judge(definition: Definition, depth = 0): Verdict {
  const node = bare(definition.node);
  if (depth > MOST_STEPS) return UNSEEN;
  if (isFunction(node)) return new Opening(definition.place, depth).ofFunction(node);
  if (node.type === 'CallExpression') return new Opening(definition.place, depth).ofWrapper(node);
  if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression')
    return new Opening(definition.place, depth).ofChoice(node);
  return UNSEEN;
}

/** Reads the statements of one function up to the first that does something. */
class Opening {
  readonly #scope: Scope;
  readonly #depth: number;
  /** Nothing ran so far whose effect is not known. */
  #isCertain = true;

  constructor(place: Place, depth: number) {
    this.#scope = { place, known: new Map() };
    this.#depth = depth;
  }

  ofFunction({ body }: Callable): Verdict {
    if (!body) return UNSEEN;
    return body.type === 'BlockStatement' ? this.#statements(body.body) : this.#answer(body);
  }

  /** `withAuth(handler)`: what the wrapper does, and what the functions do that it is handed. */
  ofWrapper(call: Extract<Node, { type: 'CallExpression' }>): Verdict {
    const callee = this.#source(call.callee);
    const inner = call.arguments.flatMap((each): readonly Verdict[] => {
      const node = each.type === 'Identifier' ? definitionOf(this.#scope.place, each.name) : bare(each);
      if (node === undefined || node === 'unseen') return [];
      const definition = 'place' in node ? node : { place: this.#scope.place, node };
      const { type } = definition.node;
      return isFunction(definition.node) || type === 'CallExpression'
        ? [judge(definition, this.#depth + 1)]
        : [];
    });
    const shut = inner.find(({ kind }) => kind !== 'open' && kind !== 'unseen');
    if (shut) return shut;
    const verdict = helperVerdict(this.#scope.place, callee, {
      isHandedOn: !NEUTRAL.test(callee),
      answer: '',
    });
    if (verdict) return verdict;
    return inner.some(({ kind }) => kind === 'open') ? OPEN : UNSEEN;
  }

  /** `process.env.DEBUG ? handler : gone`: which of both it is takes more than words to tell. */
  ofChoice(choice: Extract<Node, { type: 'ConditionalExpression' | 'LogicalExpression' }>): Verdict {
    const source = expanded(this.#scope, choice.type === 'LogicalExpression' ? choice.left : choice.test);
    const looks = SETTING.test(source) || STAGE_WORDS.test(source);
    return looks ? { kind: 'unproven', by: nameOf(source) } : UNSEEN;
  }

  #statements(statements: readonly Statement[]): Verdict {
    for (const [index, statement] of statements.entries()) {
      const verdict = this.#statement(statement);
      if (verdict === 'goes on') continue;
      const rest = statements
        .slice(index)
        .map((each) => this.#source(each))
        .join('\n');
      const asksLater =
        verdict.kind === 'open' && (ASKS.test(rest) || REFUSES.test(rest)) && DENIES.test(rest);
      return asksLater ? { kind: 'unproven', by: 'a login that is asked for later on' } : verdict;
    }
    return OPEN;
  }

  #statement(statement: Statement): Verdict | 'goes on' {
    switch (statement.type) {
      case 'VariableDeclaration':
        for (const { id, init } of statement.declarations) if (init) this.#learn(id, init);
        return 'goes on';
      case 'IfStatement':
        return this.#if(statement);
      case 'ExpressionStatement':
        return this.#effect(bare(statement.expression));
      case 'TryStatement':
        return this.#statements(statement.block.body);
      case 'ReturnStatement':
        return statement.argument ? this.#answer(statement.argument) : OPEN;
      case 'FunctionDeclaration':
      case 'EmptyStatement':
        return 'goes on';
      default:
        return this.#turnsAway(this.#source(statement));
    }
  }

  /** A statement of another shape that looks at a setting and turns somebody away, `switch (env.STAGE)` for one. */
  #turnsAway(source: string): Verdict {
    const looks = SETTING.test(source) || STAGE_WORDS.test(source);
    return looks && DENIES.test(source) ? { kind: 'unproven', by: nameOf(source) } : OPEN;
  }

  #learn(pattern: Node, init: Expression): void {
    const source = this.#source(init);
    for (const [name] of this.#source(pattern).matchAll(/[A-Za-z_$][\w$]*/g))
      this.#scope.known.set(name, source);
    if (!isHarmless(source)) this.#isCertain = false;
  }

  #effect(expression: Node): Verdict | 'goes on' {
    if (expression.type === 'AssignmentExpression') {
      this.#learn(expression.left, expression.right);
      return 'goes on';
    }
    if (expression.type !== 'CallExpression') return OPEN;
    const verdict = helperVerdict(this.#scope.place, this.#source(expression.callee), {
      isHandedOn: false,
      answer: '',
    });
    if (verdict) return verdict;
    return isHarmless(this.#source(expression)) ? 'goes on' : OPEN;
  }

  #if({ test, consequent, alternate }: Extract<Statement, { type: 'IfStatement' }>): Verdict | 'goes on' {
    const otherwise = alternate && ends(alternate) ? this.#source(alternate) : '';
    if (DENIES.test(otherwise) && STAGE_WORDS.test(expanded(this.#scope, test)))
      return { kind: 'unproven', by: nameOf(expanded(this.#scope, test)) };
    if (!ends(consequent)) {
      const gate = this.#orGate(test, consequent);
      if (gate) return gate;
      return isHarmless(this.#source(consequent)) ? 'goes on' : OPEN;
    }
    const answer = this.#source(consequent);
    return this.#condition(test, answer, isHandedOn(this.#source(test), answer)) ?? 'goes on';
  }

  /** `if (!tokenOk) { if (!session) return refused; }`: who has the one needs no other. */
  #orGate(test: Expression, consequent: Statement): Verdict | undefined {
    const first = expanded(this.#scope, test);
    const isChecked = SETTING.test(first) || ASKS.test(first);
    if (
      !(isChecked || WHO.test(first)) ||
      !this.#source(test).startsWith('!') ||
      consequent.type !== 'BlockStatement'
    )
      return undefined;
    const inner = this.#statements(consequent.body);
    if (isChecked && inner.kind === 'authentication') return inner;
    return inner.kind === 'authentication' || inner.kind === 'unproven' || inner.kind === 'production'
      ? { kind: 'unproven', by: `the condition \`${this.#source(test)}\`` }
      : undefined;
  }

  #condition(test: Expression, answer: string, isHandedOn: boolean): Verdict | undefined {
    return conditionVerdict(this.#scope, test, { answer, isHandedOn, isCertain: this.#isCertain });
  }

  #answer(argument: Expression): Verdict {
    const node = bare(argument);
    if (node.type === 'LogicalExpression')
      return this.#condition(node.left, this.#source(node.left), true) ?? OPEN;
    if (node.type === 'ConditionalExpression') {
      const [first, second] = [this.#source(node.consequent), this.#source(node.alternate)];
      const shut = this.#condition(node.test, DENIES.test(first) ? first : second, false);
      // Which of both answers is whose takes more than words to tell.
      return shut?.kind === 'production' && !DENIES.test(first)
        ? { kind: 'unproven', by: nameOf(this.#source(node.test)) }
        : (shut ?? OPEN);
    }
    if (node.type !== 'CallExpression') return OPEN;
    if (node.arguments.some((each) => isFunction(bare(each))) || REFUSES.test(this.#source(node.callee)))
      return this.#seen(this.ofWrapper(node));
    const target =
      node.callee.type === 'Identifier' ? definitionOf(this.#scope.place, node.callee.name) : undefined;
    return target === undefined || target === 'unseen' ? OPEN : this.#seen(judge(target, this.#depth + 1));
  }

  /** The handler itself can be read, and what it calls is no guard that is known. */
  #seen(verdict: Verdict): Verdict {
    return verdict.kind === 'unseen' ? OPEN : verdict;
  }

  #source({ start, end }: Node): string {
    return this.#scope.place.code.slice(start, end);
  }
}
