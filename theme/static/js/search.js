/* The search: folds what is asked for as the index was folded (newspaper/making/search), reads the shards that may have
   it, and holds each story found against it. docs/search.md has the form of the files. */
(function () {
  "use strict";
  var FIRST_SCREEN = 5;
  var UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/;
  var SPACE = /[\s\u001c-\u001f\u0085\u180e]/;
  var WORD = new RegExp("[0-9a-z.%\u00df-\u00f6\u00f8-\u1fff\u3005-\u3007\u3041-\u318e\u31a0-\u31bf\u31f0-\u31ff" +
    "\u3400-\u4dbf\u4e00-\ud7a3\uf900-\ufaff\\u{20000}-\\u{3ffff}]", "u");
  var HAN = /[\u3005-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  var LATIN = /[0-9a-z%\u00df-\u1fff]/;
  var DIGIT = /^[0-9]$/;
  /* Traditional characters that GB 2312 has too. */
  var BOTH = "乾吒夥後徵捱摺於榘甯菸薹醣麴麽";

  function pairsOf(text) {
    var table = {};
    var signs = Array.from(text || "");
    for (var i = 0; i < signs.length; i += 2) table[signs[i]] = signs[i + 1];
    return table;
  }

  /* The folded text, and for each unit of it the place in the text that it comes from. */
  function fold(text, simple) {
    var signs = [], places = [], at = 0;
    Array.from(text).forEach(function (one) {
      Array.from(one.normalize("NFKC").toLowerCase().normalize("NFKC")).forEach(function (sign) {
        if (UNSEEN.test(sign)) return;
        signs.push(SPACE.test(sign) ? " " : WORD.test(sign) ? simple[sign] || sign : "\n");
        places.push(at);
      });
      at += one.length;
    });
    var folded = "", from = [], gap = "", last = "";
    signs.forEach(function (sign, i) {
      var stray = (sign === "." || sign === "%") && !DIGIT.test(signs[i - 1]) ||
        sign === "." && !DIGIT.test(signs[i + 1]);
      if (stray || sign === "\n") { gap = "\n"; return; }
      if (sign === " ") { gap = gap || " "; return; }
      var beside = HAN.test(last) && LATIN.test(sign) || LATIN.test(last) && HAN.test(sign);
      if (gap && folded && !(gap === " " && beside)) {
        folded += "\n";
        from.push(places[i]);
      }
      gap = "";
      last = sign;
      folded += sign;
      while (from.length < folded.length) from.push(places[i]);
    });
    return { text: folded, from: from };
  }

  function mix(number) {
    number = Math.imul(number ^ number >>> 16, 0x85EBCA6B);
    number = Math.imul(number ^ number >>> 13, 0xC2B2AE35);
    return (number ^ number >>> 16) >>> 0;
  }
  /* A key: in which of 2,048 places, what a posting has, and which of its bits tell. */
  function single(number) {
    return { place: number >>> 12, low: (number & 0xFFF) << 4, mask: 0xFFF0 };
  }
  function signKey(sign) { return single(mix(sign.codePointAt(0) + (3 << 21)) >>> 9); }
  function pairKey(signs, i, alone) {
    var key = (mix(signs[i].codePointAt(0)) >>> 12) + (mix(signs[i + 1].codePointAt(0) + (1 << 21)) >>> 12) & 0xFFFFF;
    var next = !alone && signs[i + 2] ? mix(signs[i + 2].codePointAt(0) + (2 << 21)) >>> 29 : -1;
    return { place: key >>> 9, low: (key & 511) << 7 | Math.max(next, 0) << 4, mask: next < 0 ? 0xFF80 : 0xFFF0 };
  }
  function topicKey(name) {
    return single(Array.from(name).reduce(function (number, sign) {
      return mix(number ^ sign.codePointAt(0));
    }, 4 << 21) >>> 9);
  }
  /* The ends of a word first, which tell most, then what lies between. */
  function keysOf(word) {
    var signs = Array.from(word), last = signs.length - 2;
    if (last < 0) return [signKey(word)];
    var order = [0, Math.max(last - 1, 0), last];
    for (var i = 2; i < last && order.length < 8; i += 2) order.push(i);
    return order.filter(function (place, i) { return order.indexOf(place) === i; }).map(function (place) {
      return pairKey(signs, place);
    });
  }

  /* index: mark, segments (name, bits, mark, columns), years; get(path, kind): promise of a file below /search/ */
  function searcher(index, get) {
    var shards = {};
    var years = index.years.split(" ").filter(Boolean).map(function (run) { return run.split(":").map(Number); });
    var segments = index.segments.map(function (segment) {
      var columns = [];
      segment.columns.split(" ").forEach(function (run) {
        var parts = run.split("*"), ends = parts[0].split("-");
        for (var issue = Number(ends[0]); issue <= Number(ends[ends.length - 1]); issue += 1) {
          for (var i = 0; i < Number(parts[1] || 1); i += 1) columns.push({ issue: issue, first: 8 * i });
        }
      });
      return { name: segment.name, bits: segment.bits, mark: segment.mark, columns: columns };
    });
    function yearOf(issue) {
      return years.reduce(function (year, run) { return run[0] <= issue ? run[1] : year; }, 0);
    }
    function shard(segment, place) {
      var name = segment.name + "/" + (place >> 11 - segment.bits) + ".bin?" + segment.mark;
      shards[name] = shards[name] || get(name, "arrayBuffer");
      return shards[name];
    }
    /* Which stories have a key: 1,000 × issue + place → whether it stands in the headline group. */
    function storiesWith(key, year) {
      var found = new Map();
      var asked = segments.filter(function (segment) {
        return !year || segment.columns.some(function (column) { return yearOf(column.issue) === year; });
      });
      return Promise.all(asked.map(function (segment) {
        return shard(segment, key.place).then(function (buffer) {
          var bytes = new Uint8Array(buffer), at = 0;
          var sizes = segment.columns.map(function () {
            var size = bytes[at++];
            if (size < 255) return size;
            at += 3;
            return bytes[at - 3] | bytes[at - 2] << 8 | bytes[at - 1] << 16;
          });
          segment.columns.forEach(function (column, i) {
            for (var end = at + sizes[i]; at < end; at += 2) {
              var posting = bytes[at] | bytes[at + 1] << 8;
              if ((posting & key.mask) !== key.low) continue;
              var id = 1000 * column.issue + column.first + (posting & 7);
              found.set(id, found.get(id) || Boolean(posting & 8));
            }
          });
        });
      })).then(function () { return found; });
    }
    function textOf(id) {
      var issue = Math.floor(id / 1000);
      var segment = segments.find(function (one) {
        return one.columns.some(function (column) { return column.issue === issue; });
      });
      return get(issue + "/" + id % 1000 + ".json?" + segment.mark, "json");
    }
    function isOld() {
      return get("mark.txt?" + Date.now(), "text").then(function (text) { return text !== index.mark; });
    }
    /* What is asked for, as words; with traditional characters among them, by the table. */
    function wordsOf(asked) {
      var odd = Array.from(asked.normalize("NFKC")).some(function (sign) { return HAN.test(sign) && !isSimple(sign); });
      return (odd ? get("simplified.txt", "text") : Promise.resolve("\n")).then(function (text) {
        var lines = text.split("\n").map(function (line) { return Array.from(line); }), table = {};
        lines[0].forEach(function (sign, i) { table[sign] = lines[1][i]; });
        return asked.split(/\s+/).map(function (word) { return fold(word, table).text; }).filter(Boolean);
      });
    }

    function find(asked, year, topic) {
      return wordsOf(asked).then(function (words) {
        var queue = [], lists = words.map(keysOf);
        for (var i = 0; i < 8; i += 1) {
          lists.forEach(function (keys) { if (keys[i]) queue.push(keys[i]); });
        }
        var pending = null, answer = { words: words, found: [], pending: 0, old: false };
        function narrow(count) {
          var keys = queue.splice(0, count);
          var wanted = keys.map(function (key) { return storiesWith(key, year); });
          if (pending === null && topic) {
            wanted.push(storiesWith(topicKey(topic), year).then(function (found) {
              found.forEach(function (head, id) { found.set(id, true); });
              return found;
            }));
          }
          return Promise.all(wanted).then(function (all) {
            var before = pending;
            var stories = before || [];
            if (!before) {
              all[0].forEach(function (head, id) {
                if (!year || yearOf(Math.floor(id / 1000)) === year) stories.push({ id: id, head: true, data: null });
              });
            }
            pending = stories.filter(function (story) {
              return all.every(function (found) { return found.has(story.id); });
            });
            pending.forEach(function (story) {
              story.head = story.head && all.every(function (found) { return found.get(story.id); });
            });
            sort();
          });
        }
        function sort() {
          pending.sort(function (a, b) {
            var issues = Math.floor(b.id / 1000) - Math.floor(a.id / 1000);
            return b.head - a.head || issues || a.id - b.id;
          });
        }
        function check(story) {
          return (story.data ? Promise.resolve(story.data) : textOf(story.id)).then(function (data) {
            var simple = pairsOf(data.simple);
            var head = [data.kicker, data.headline, data.deck].filter(Boolean);
            story.data = data;
            function has(lines) {
              return function (word) {
                return lines.some(function (line) { return fold(line, simple).text.indexOf(word) >= 0; });
              };
            }
            story.isHead = words.every(has(head));
            story.ok = words.every(has(head.concat(data.text || []))) &&
              (!topic || (data.topics || []).indexOf(topic) >= 0);
          });
        }
        function more(wanted) {
          var room = wanted - answer.found.length;
          if (room <= 0 || !pending.length) {
            answer.pending = pending.length;
            return Promise.resolve(answer);
          }
          var batch = pending.splice(0, room);
          return Promise.all(batch.map(check)).then(function () {
            var good = batch.filter(function (story) { return story.ok; });
            /* What only seemed to stand in a headline waits for its turn. */
            var later = good.filter(function (story) { return story.head && !story.isHead; });
            if (later.length) {
              later.forEach(function (story) { story.head = false; });
              var rest = good.filter(function (story) { return later.indexOf(story) < 0; });
              pending = pending.concat(later, rest);
              sort();
              good = [];
              while (pending.length && pending[0].isHead) good.push(pending.shift());
              if (!good.length && pending[0].data) while (pending.length && pending[0].data) good.push(pending.shift());
            }
            answer.found = answer.found.concat(good);
            var failed = batch.length > good.length + later.length;
            return (failed && queue.length && pending.length ? narrow(2) : Promise.resolve()).then(function () {
              return more(wanted);
            });
          });
        }
        answer.more = function () { return more(answer.found.length + FIRST_SCREEN); };
        if (!words.length) return answer;
        return Promise.all([isOld(), narrow(Math.max(2, Math.min(words.length, 4)))]).then(function (said) {
          answer.old = said[0];
          return answer.old ? answer : answer.more();
        });
      });
    }
    return { find: find };
  }
  var simpleSigns = null;
  function isSimple(sign) {
    if (!simpleSigns) {
      var bytes = [];
      for (var row = 0xB0; row < 0xF8; row += 1) {
        for (var cell = 0xA1; cell < 0xFF; cell += 1) bytes.push(row, cell);
      }
      simpleSigns = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
    }
    return simpleSigns.has(sign) && BOTH.indexOf(sign) < 0;
  }
  window.paperSearch = { fold: fold, searcher: searcher };

  var form = typeof document === "undefined" ? null : document.querySelector(".search");
  if (!form) return;
  var field = form.elements.q;
  var said = document.querySelector(".search__said");
  var list = document.querySelector(".search__found");
  var next = document.querySelector(".search__more");
  var round = 0;
  var search = searcher({
    mark: form.getAttribute("data-mark"),
    years: form.getAttribute("data-years"),
    segments: Array.from(document.querySelectorAll("[data-segment]")).map(function (one) {
      var parts = one.getAttribute("data-segment").split("|");
      return { name: parts[0], bits: Number(parts[1]), mark: parts[2], columns: parts[3] };
    })
  }, function (path, kind) {
    return fetch(path, path.indexOf("mark") === 0 ? { cache: "no-store" } : {}).then(function (answer) {
      if (!answer.ok) throw new Error(path);
      return answer[kind]();
    });
  });

  function add(parent, name, text, kind) {
    var element = document.createElement(name);
    element.textContent = text || "";
    if (kind) element.className = kind;
    parent.appendChild(element);
    return element;
  }
  /* The places of the words in a line, the leftmost first. */
  function placesOf(line, words, simple) {
    var folded = fold(line, simple), places = [];
    words.forEach(function (word) {
      for (var at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length)) {
        places.push([folded.from[at], folded.from[at + word.length - 1] + 1]);
      }
    });
    return places.sort(function (a, b) { return a[0] - b[0]; });
  }
  function marked(element, line, words, simple, begin, end) {
    var at = begin;
    placesOf(line, words, simple).forEach(function (place) {
      if (place[0] < at || place[1] > end) return;
      element.appendChild(document.createTextNode(line.slice(at, place[0])));
      add(element, "mark", line.slice(place[0], place[1]));
      at = place[1];
    });
    element.appendChild(document.createTextNode(line.slice(at, end)));
  }
  function card(story, words) {
    var data = story.data, simple = pairsOf(data.simple);
    var item = add(list, "article", "", "story-card");
    if (data.kicker) marked(add(item, "p", "", "kicker"), data.kicker, words, simple, 0, data.kicker.length);
    var link = add(add(item, "h2", "", "story-card__headline"), "a");
    link.href = "../" + data.url;
    marked(link, data.headline, words, simple, 0, data.headline.length);
    if (data.deck) marked(add(item, "p", "", "deck"), data.deck, words, simple, 0, data.deck.length);
    var lines = data.text || [], best = lines[0] || "", most = 0;
    lines.forEach(function (line) {
      var found = words.filter(function (word) { return fold(line, simple).text.indexOf(word) >= 0; }).length;
      if (found > most) { most = found; best = line; }
    });
    var places = placesOf(best, words, simple);
    var begin = Math.max(0, (places.length ? places[0][0] : 0) - 20), end = Math.min(best.length, begin + 70);
    var text = add(item, "p", begin ? "……" : "", "story-card__summary");
    marked(text, best, words, simple, begin, end);
    if (end < best.length) text.appendChild(document.createTextNode("……"));
    add(add(item, "p"), "small", data.date + " " + data.issue);
    return link;
  }
  function show(answer, from) {
    var first = null;
    answer.found.slice(from).forEach(function (story) { first = [first, card(story, answer.words)].find(Boolean); });
    next.hidden = !answer.pending;
    said.textContent = answer.old ? "网站刚刚更新，请刷新这一页再检索。"
      : !answer.found.length ? "没有找到。可以少写几个字，或者换一个说法。"
        : answer.pending ? "已找到" + answer.found.length + "篇，可能还有" + answer.pending + "篇没有核对。"
          : "找到" + answer.found.length + "篇。";
    next.onclick = function () {
      var shown = answer.found.length;
      next.disabled = true;
      answer.more().then(function () {
        next.disabled = false;
        var link = show(answer, shown);
        if (link) link.focus();
      }, failed);
    };
    return first;
  }
  function failed() {
    next.disabled = false;
    said.textContent = location.protocol === "file:" ? "这一页是从文件夹里打开的，不能检索；请到网站上检索。"
      : navigator.onLine === false ? "没有连上网，检索要联网。" : "检索要用的文件没有取到，请刷新这一页再试。";
  }
  function run() {
    var asked = new URLSearchParams(location.search), mine = round += 1;
    ["q", "year", "topic"].forEach(function (name) { form.elements[name].value = asked.get(name) || ""; });
    list.textContent = said.textContent = "";
    next.hidden = true;
    if (!field.value.trim()) return;
    said.textContent = "正在检索……";
    Promise.resolve().then(function () {
      return search.find(field.value, Number(form.elements.year.value), form.elements.topic.value);
    }).then(function (answer) { if (mine === round) show(answer, 0); }, function () { if (mine === round) failed(); });
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var asked = new URLSearchParams();
    ["q", "year", "topic"].forEach(function (name) {
      if (form.elements[name].value) asked.set(name, form.elements[name].value);
    });
    history.pushState(null, "", "?" + asked);
    field.blur();
    run();
  });
  window.addEventListener("popstate", run);
  run();
})();
