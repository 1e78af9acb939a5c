import { expect, it } from 'vitest';
import { languageCode } from './languages';

it.each([
  ['eng', 'en'],
  ['en', 'en'],
  ['en-GB', 'en'],
  ['pt_BR', 'pt'],
  ['English', 'en'],
  ['ger', 'de'],
  ['deu', 'de'],
  ['german', 'de'],
  ['und', 'und'],
  ['qqq', 'qqq'],
  ['', ''],
  ['what the maker wrote', 'what the maker wrote'],
])('a language is known by one code, however it is written: %s', (written, code) => {
  expect(languageCode(written)).toBe(code);
});
