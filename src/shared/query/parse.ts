import { fieldNamed, type QueryField } from './fields';
import { expectedOf, parseValue, type WrittenValue } from './parse-value';
import {
  allOf,
  anyOf,
  noneOf,
  type Place,
  type QueryError,
  type QueryNode,
  type QueryValue,
} from './query-node';
import { Scanner } from './scanner';
import { shorthandNamed } from './shorthands';

/** More are not worth the time that they would take. */
const MOST_TERMS = 32;

const FIELD = /(\p{L}[\p{L}-]*)(:|(?=[<>=]))/uy;
const OPERATOR = /(?:(or|and|not)(?=[\s()"]|$)|\|)/iy;
const COMPARISON = /[<>]=?|=/y;

/** A part of a field's list. */
interface ValuePlace extends Place {
  text: string;
}

/** A term as it stands in the text, also one that could not be understood: what completion works on. */
interface TermPlace extends Place {
  /** Null for a word. */
  field: QueryField | null;
  values: readonly ValuePlace[];
}

export interface ParsedQuery {
  /** Null: nothing is asked, so that everything is found. */
  node: QueryNode | null;
  errors: readonly QueryError[];
  terms: readonly TermPlace[];
  /** What does not hold by itself: outermost brackets, or everything where one of several parts is enough. */
  groups: readonly Place[];
}

/** Understands as much as it can of whatever a person types; never throws. */
export function parseQuery(text: string): ParsedQuery {
  return new QueryParser(text).parse();
}

class QueryParser {
  readonly #scanner: Scanner;
  readonly #errors: QueryError[] = [];
  readonly #terms: TermPlace[] = [];
  readonly #groups: Place[] = [];
  /** Groups that are open. */
  #depth = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  parse(): ParsedQuery {
    const node = this.#alternatives();
    return { node, errors: this.#errors, terms: this.#terms, groups: this.#groups };
  }

  #alternatives(): QueryNode | null {
    const start = this.#scanner.at;
    const parts: QueryNode[] = [];
    let isAlternative = false;
    for (;;) {
      const part = this.#sequence();
      if (part) parts.push(part);
      if (!this.#takeOperator('or')) break;
      isAlternative = true;
    }
    if (isAlternative && this.#depth === 0) {
      this.#groups.push({ from: 0, to: this.#scanner.text.length });
    }
    return anyOf(parts, this.#placeFrom(start));
  }

  #sequence(): QueryNode | null {
    this.#scanner.skipSpace();
    const start = this.#scanner.at;
    const parts: QueryNode[] = [];
    for (let isFirst = true; !this.#isAtEndOfGroup(); isFirst = false) {
      if (!isFirst) {
        if (this.#seesOperator('or')) break;
        this.#takeOperator('and');
      }
      const part = this.#factor();
      if (part) parts.push(part);
      this.#scanner.skipSpace();
    }
    return allOf(parts, this.#placeFrom(start));
  }

  #factor(): QueryNode | null {
    const start = this.#scanner.at;
    if (!this.#takeMinus() && !this.#takeOperator('not')) return this.#operand();
    this.#scanner.skipSpace();
    const part = this.#factor();
    return part && noneOf(part, this.#placeFrom(start));
  }

  #operand(): QueryNode | null {
    return this.#scanner.peek() === '(' ? this.#group() : this.#term();
  }

  #group(): QueryNode | null {
    const start = this.#scanner.at++;
    this.#depth += 1;
    const node = this.#alternatives();
    this.#depth -= 1;
    if (this.#scanner.peek() === ')') this.#scanner.at += 1;
    else
      this.#fail('UNCLOSED_GROUP', { from: start, to: start + 1 }, 'This bracket is not closed.');
    if (this.#depth === 0) this.#groups.push(this.#placeFrom(start));
    return node;
  }

  #term(): QueryNode | null {
    const start = this.#scanner.at;
    const field = this.#takeField();
    const node = field ? this.#fieldTerm(field, start) : this.#words(start);
    if (this.#terms.length <= MOST_TERMS) return node;
    if (this.#terms.length === MOST_TERMS + 1) {
      const rest = { from: start, to: this.#scanner.text.length };
      this.#fail('TOO_MANY_TERMS', rest, `Only the first ${MOST_TERMS} terms are looked for.`);
    }
    return null;
  }

  #words(start: number): QueryNode | null {
    const { text, isPrefix } = this.#takeWritten(false);
    const place = this.#placeFrom(start);
    this.#terms.push({ ...place, field: null, values: [] });
    return text === '' ? null : { type: 'text', text, isPrefix, ...place };
  }

  /** The field that a term begins with; what only looks like one is left to be taken as a word. */
  #takeField(): QueryField | 'shorthand' | null {
    const start = this.#scanner.at;
    const [all = '', name = '', colon] = this.#scanner.take(FIELD) ?? [];
    if (all === '') return null;
    const isShorthand = colon === ':' && ['is', 'has'].includes(name.toLowerCase());
    const field = isShorthand ? 'shorthand' : fieldNamed(name);
    if (field) return field;
    // Neither `https://…` nor `C:\…` is meant as a field.
    const isMeant = colon === ':' && name.length > 1 && /[^\s/\\]/.test(this.#scanner.peek());
    if (isMeant) {
      const place = { from: start, to: start + name.length };
      this.#fail('UNKNOWN_FIELD', place, `There is no field “${name}”; it is looked for as text.`);
    }
    this.#scanner.at = start;
    return null;
  }

  #fieldTerm(field: QueryField | 'shorthand', start: number): QueryNode | null {
    const values: ValuePlace[] = [];
    const nodes: QueryNode[] = [];
    const understood: QueryValue[] = [];
    const index = this.#terms.push({ from: start, to: start, field: null, values }) - 1;
    do {
      const from = this.#scanner.at;
      const written = this.#takeWritten(true);
      const place = this.#placeFrom(from);
      values.push({ ...place, text: written.text });
      if (written.text === '') continue;
      if (field === 'shorthand') {
        const node = shorthandNamed(written.text.toLowerCase(), place);
        if (node) nodes.push(node);
        else this.#fail('BAD_VALUE', place, `“${written.text}” is nothing that a video is or has.`);
        continue;
      }
      const value = parseValue(field, written);
      if (value) understood.push(value);
      else {
        const words = `${field.name} needs ${expectedOf(field)}, not “${written.text}”.`;
        this.#fail('BAD_VALUE', place, words);
      }
    } while (this.#takeComma());
    const place = this.#placeFrom(start);
    this.#terms[index] = { ...place, field: field === 'shorthand' ? null : field, values };
    if (values.every(({ text }) => text === '')) {
      this.#fail('MISSING_VALUE', place, 'A value is missing.');
    }
    if (field === 'shorthand') return anyOf(nodes, place);
    if (understood.length === 0) return null;
    return { type: 'field', field: field.name, values: understood, ...place };
  }

  #takeWritten(isValue: boolean): WrittenValue {
    const scanner = this.#scanner;
    if (scanner.peek() === '"') {
      const text = scanner.takeQuoted();
      const isPrefix = scanner.peek() === '*';
      if (isPrefix) scanner.at += 1;
      return { text, isQuoted: true, isPrefix };
    }
    const operator = isValue ? (scanner.take(COMPARISON)?.[0] ?? '') : '';
    const word = scanner.takeWord({ inGroup: this.#depth > 0, inList: isValue });
    const text = word.replace(/\*+$/, '');
    return { text: operator + text, isQuoted: false, isPrefix: text !== word };
  }

  #takeComma(): boolean {
    if (this.#scanner.peek() !== ',') return false;
    this.#scanner.at += 1;
    return true;
  }

  /** `--word` and a dash by itself are words. */
  #takeMinus(): boolean {
    if (this.#scanner.peek() !== '-' || /^[\s)-]?$/.test(this.#scanner.peek(1))) return false;
    this.#scanner.at += 1;
    return true;
  }

  /** An operator that something follows; otherwise it is a word. */
  #seesOperator(wanted: 'or' | 'and' | 'not'): boolean {
    const { at } = this.#scanner;
    const isThere = this.#takeOperator(wanted);
    this.#scanner.at = at;
    return isThere;
  }

  #takeOperator(wanted: 'or' | 'and' | 'not'): boolean {
    const { at } = this.#scanner;
    const match = this.#scanner.take(OPERATOR);
    if (match && (match[1]?.toLowerCase() ?? 'or') === wanted) {
      this.#scanner.skipSpace();
      if (!this.#isAtEndOfGroup()) return true;
    }
    this.#scanner.at = at;
    return false;
  }

  #isAtEndOfGroup(): boolean {
    return this.#scanner.isAtEnd || (this.#depth > 0 && this.#scanner.peek() === ')');
  }

  #placeFrom(from: number): Place {
    return { from, to: this.#scanner.at };
  }

  #fail(code: QueryError['code'], { from, to }: Place, message: string): void {
    this.#errors.push({ code, from, to, message });
  }
}
