const newestFirst = (a, b) => b.date - a.date || (a.url < b.url ? -1 : 1);

module.exports = (config) => {
  const articles = (api) => api.getFilteredByGlob("content/issues/*/*.md").sort(newestFirst);
  const grouped = (api, keys) => {
    const groups = new Map();
    for (const article of articles(api))
      for (const key of keys(article)) {
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(article);
      }
    return Array.from(groups, ([name, members]) => ({ name, members }));
  };
  config.addCollection("articles", articles);
  config.addCollection("issues", (api) => grouped(api, (article) => [article.data.issue]));
  config.addCollection("topics", (api) => grouped(api, (article) => article.data.topics));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("rfc822", (date) => date.toUTCString());
  return { dir: { input: "content", includes: "../_includes", output: "output" }, markdownTemplateEngine: false };
};
