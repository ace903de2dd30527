// Writes ../intl.bin, the locale data of `Intl`, from the Unicode CLDR packages of npm:
//
//   npm install --legacy-peer-deps && node make.mjs
//
// One file: the length of an index (u32, little endian), the index as JSON {"section/language": [offset, length]}, then the pieces.
// A piece is JSON under brotli: {locale: data}, where data is what differs from the parent locale's. Lengths are bytes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { dates } from './dates.mjs';
import { currencies, lists, names, numbers, units } from './numbers.mjs';
import { supplement } from './supplement.mjs';

const require = createRequire(import.meta.url);
const folder = (name) => require.resolve(`${name}/package.json`).slice(0, -'package.json'.length);
const read = (pack, locale, file) => {
  const path = `${folder(pack)}main/${locale}/${file}.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).main[locale] : undefined;
};
const core = (name) => require(`cldr-core/supplemental/${name}.json`).supplemental;

// Languages that CLDR translates at least moderately, with all their scripts and regions.
const levels = require('cldr-core/coverageLevels.json').effectiveCoverageLevels;
const languages = new Set(Object.keys(levels).filter((tag) => levels[tag] !== 'basic').map((tag) => tag.split('-')[0]));
const locales = require('cldr-core/availableLocales.json').availableLocales.full.filter((tag) => tag !== 'und' && languages.has(tag.split('-')[0]));
locales.push('und');

const parents = core('parentLocales').parentLocales.parentLocale;
const parentOf = (tag) => {
  if (tag === 'und') return undefined;
  if (parents[tag] !== undefined) return parents[tag];
  const cut = tag.lastIndexOf('-');
  return cut < 0 ? 'und' : tag.slice(0, cut);
};

// What `own` has otherwise than `above`; null = gone.
function difference(own, above) {
  if (above === undefined || typeof own !== 'object' || Array.isArray(own) || typeof above !== 'object' || Array.isArray(above)) {
    return JSON.stringify(own) === JSON.stringify(above) ? undefined : own;
  }
  const out = {};
  for (const key of Object.keys(own)) {
    const changed = difference(own[key], above[key]);
    if (changed !== undefined) out[key] = changed;
  }
  for (const key of Object.keys(above)) if (own[key] === undefined) out[key] = null;
  return Object.keys(out).length === 0 ? undefined : out;
}

const sections = { ...dates(read), numbers: numbers(read), currencies: currencies(read), units: units(read), lists: lists(read), names: names(read) };
const index = {};
const pieces = [];
let offset = 0;
function add(name, value) {
  const piece = brotliCompressSync(JSON.stringify(value), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
  index[name] = [offset, piece.length];
  pieces.push(piece);
  offset += piece.length;
}
for (const [section, make] of Object.entries(sections)) {
  const made = new Map(locales.map((tag) => [tag, make(tag)]));
  const byLanguage = new Map();
  for (const tag of locales) {
    let above = parentOf(tag);
    while (above !== undefined && !made.has(above)) above = parentOf(above);
    const changed = difference(made.get(tag), made.get(above));
    if (changed === undefined) continue;
    const language = tag.split('-')[0];
    if (!byLanguage.has(language)) byLanguage.set(language, {});
    byLanguage.get(language)[tag] = changed;
  }
  let size = offset;
  for (const [language, value] of byLanguage) add(`${section}/${language}`, value);
  console.log(section, offset - size);
}
add('supplement', supplement(core, require, locales));
const head = Buffer.from(JSON.stringify(index));
const length = Buffer.alloc(4);
length.writeUInt32LE(head.length);
writeFileSync(new URL('../intl.bin', import.meta.url), Buffer.concat([length, head, ...pieces]));
console.log(locales.length, 'locales', languages.size, 'languages', 4 + head.length + offset, 'bytes');
