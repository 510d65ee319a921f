/**
 * What an old browser makes of today's pages, by MDN's table of who knows what (@mdn/browser-compat-data).
 *
 * Reads JSON: {browser: "safari_ios", version: 13, styles: […], scripts: […]}.
 * Gives JSON: styles, as that browser keeps them; dropped, what it drops of them; flexGap, whether it knows that;
 * lacked, for each script, the names in it that it lacks. A script that it cannot read ends this with an error.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse as parseScript } from "acorn";
import { find, generate, parse, walk } from "css-tree";

const { api, css, javascript } = createRequire(import.meta.url)("@mdn/browser-compat-data");
const { browser, version, styles, scripts } = JSON.parse(readFileSync(0, "utf-8"));
const ES = 2019; /* what iOS 13 reads, and Chrome 87 too */

function since(said) {
  return parseFloat(String(said).replace("≤", ""));
}

function knows(entry) {
  return [entry.__compat.support[browser]]
    .flat()
    .some(
      (said) =>
        since(said.version_added) <= version &&
        !(since(said.version_removed) <= version) &&
        !(said.flags || said.prefix || said.alternative_name),
    );
}

/** Every entry of a part of the table by its name: color-mix stands deep within css.types. */
function byName(part, found = new Map()) {
  for (const [name, entry] of Object.entries(part)) {
    if (name === "__compat") continue;
    if (entry.__compat) found.set(name, [...(found.get(name) || []), entry]);
    byName(entry, found);
  }
  return found;
}
const types = byName(css.types);
const names = byName({ api, builtins: javascript.builtins });

/** Whether it knows nothing that a name may mean. What the table does not name is as old as the hills. */
function isNew(entries) {
  return entries.length > 0 && !entries.some(knows);
}

function wordIsNew(word, property) {
  return isNew(property[word]?.__compat ? [property[word]] : types.get(word) || []);
}

/** The first word, function or unit of a value that the browser does not know. */
function newIn(value, property) {
  return find(value, (node) => {
    if (node.type === "Identifier" || node.type === "Function") return wordIsNew(node.name.toLowerCase(), property);
    const size = node.type === "Dimension" && /^([sld])v/.exec(node.unit);
    if (!size) return node.type === "Dimension" && wordIsNew(node.unit, css.types.length);
    const called = { s: "small", l: "large", d: "dynamic" }[size[1]];
    return !knows(css.types.length[`viewport_percentage_units_${called}`]);
  });
}

function keepsDeclaration({ property: name, value }, atRule) {
  if (name.startsWith("--")) {
    if (newIn(value, {})) throw new Error(`${name}: ${generate(value)} leaves an old browser without any value`);
    return true;
  }
  const property = css.properties[name] || css["at-rules"][atRule?.name]?.[name];
  if (!property) throw new Error(`the table does not know ${name}`);
  return knows(property) && !newIn(value, property);
}

/** One part that is new, and the whole rule goes. */
function keepsRule({ prelude }) {
  return !find(prelude, (node) => {
    if (node.type === "NestingSelector") return !knows(css.selectors.nesting);
    if (node.type !== "PseudoClassSelector" && node.type !== "PseudoElementSelector") return false;
    const pseudo = css.selectors[node.name];
    const isList = node.children?.first?.type === "SelectorList" && node.children.first.children.size > 1;
    return !pseudo || !knows(pseudo) || (isList && pseudo.selector_list && !knows(pseudo.selector_list));
  });
}

function keepsAtRule({ name, prelude }) {
  const rule = css["at-rules"][name] || css["at-rules"].page[`at_${name}`];
  if (name === "supports")
    throw new Error("@supports would be answered by the browser of the tests, not by the old one");
  if (!rule || !knows(rule)) return false;
  return !find(prelude || {}, (node) => {
    if (node.type === "FeatureRange") return !knows(rule.range_syntax);
    const feature = node.type === "Feature" && rule[node.name.replace(/^(min|max)-/, "")];
    return feature && !knows(feature);
  });
}

const dropped = new Set();

function asKept(text) {
  const sheet = parse(text, {
    parseCustomProperty: true,
    onParseError(error) {
      throw error;
    },
  });
  walk(sheet, function (node, item, list) {
    const keeps = { Atrule: keepsAtRule, Rule: keepsRule, Declaration: keepsDeclaration }[node.type];
    if (!keeps || keeps(node, this.atrule)) return;
    dropped.add(node.type === "Declaration" ? generate(node) : generate(node.prelude || parse(`@${node.name}`)));
    list.remove(item);
  });
  return generate(sheet);
}

/** What a script asks of the browser: names that it does not itself give to anything. */
function namesAskedBy(script) {
  const asked = new Set();
  const own = new Set();
  const globals = new Set();
  (function look(node) {
    if (!node || typeof node !== "object") return;
    if (Array.isArray(node)) {
      node.forEach(look);
      return;
    }
    if (node.type === "MemberExpression" && !node.computed) asked.add(node.property.name);
    if (node.type === "Property") own.add(node.key.name);
    for (const [key, value] of Object.entries(node)) if (key !== "property" || node.computed) look(value);
    if (node.type === "Identifier") globals.add(node.name);
    if (node.id) own.add(node.id.name);
    for (const parameter of node.params || [node.param || {}]) own.add(parameter.name);
  })(parseScript(script, { ecmaVersion: ES }));
  return [...asked, ...globals].filter((name) => !own.has(name));
}

function lackedBy(script) {
  return namesAskedBy(script).filter((name) => isNew(names.get(name) || []));
}

const answer = {
  styles: styles.map(asKept),
  dropped: [...dropped].sort(),
  flexGap: knows(css.properties.gap.flex_context),
  lacked: scripts.map((script) => [...new Set(lackedBy(script))].sort()),
};
process.stdout.write(JSON.stringify(answer));
