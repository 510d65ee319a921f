/** The stylesheets' rules: the standard ones, and what phones of 2020 need (docs/decisions/0030). */

/* Chromium 86 and iOS 13 drop a declaration they do not know: what the page needs is said in older words. */
const TOO_NEW = {
  "property-disallowed-list": [
    ["/^(margin|padding|border)-(block|inline)$/", "/^inset/", "aspect-ratio", "/^container/", "translate", "scale"],
    {
      message: (name) => `${name}: Chrome 87, iOS 14.5; write margin: 1rem 0, top, left`,
    },
  ],
  "function-disallowed-list": ["clamp", "color-mix", "light-dark", "oklch", "oklab", "lch", "lab"],
  "selector-pseudo-class-disallowed-list": ["is", "where"],
  "at-rule-disallowed-list": ["container", "scope", "layer", "starting-style", "property"],
  "max-nesting-depth": [0, { ignoreAtRules: ["media"] }],
  "selector-not-notation": "simple",
  "media-feature-range-notation": "prefix",
};

export default {
  extends: "stylelint-config-standard",
  rules: {
    ...TOO_NEW,
    /* part__piece--kind, as in templates */
    "selector-class-pattern": "^[a-z]+(-[a-z]+)*(__[a-z]+)?(--[a-z]+)?$",
    /* layers turn the order of !important about; flattened they would not */
    "declaration-no-important": true,
  },
  overrides: [
    /* the contents page names the layers */
    { files: ["**/main.css"], rules: { "at-rule-disallowed-list": null } },
  ],
};
