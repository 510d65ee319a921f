/* The reader's controls. Pages read and links work without them; only what Chrome 87 and iOS 14 know is used. */
(function () {
  "use strict";
  var page = document.documentElement;
  var bar = document.querySelector(".controls");
  var said = document.querySelector("[role=status]");

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function button(name) { return document.querySelector('[data-do="' + name + '"]'); }

  /* 每按一下都有回音：看得见，读屏也念 */
  var silence = 0;
  function say(text, up) {
    clearTimeout(silence);
    said.textContent = "";
    said.classList.toggle("controls__said--up", Boolean(up));
    silence = setTimeout(function () {
      said.textContent = text;
      silence = setTimeout(function () { said.textContent = ""; }, up ? 8000 : 3000);
    }, 50);
  }

  /* 字号、深浅、长者版：记在本机 */
  function choose(name, value) {
    if (value) page.setAttribute("data-" + name, value); else page.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("reader-" + name, value); else localStorage.removeItem("reader-" + name);
    } catch (error) { /* it holds for this page */ }
  }
  function is(name, value) { return page.getAttribute("data-" + name) === value; }
  function resize(step) {
    var wanted = Number(page.getAttribute("data-size") || 3) + step;
    if (wanted < 1 || wanted > 5) {
      say(step < 0 ? "已是最小的字" : "已是最大的字");
      return;
    }
    inPlace(function () { choose("size", wanted === 3 ? "" : String(wanted)); });
    say("字号第" + wanted + "档，共五档");
  }
  /* 与手机的深浅一样，就不记：手机换了，网页也换 */
  var night = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() { return is("scheme", "dark") || night.matches && !is("scheme", "light"); }
  function show() {
    button("scheme").setAttribute("aria-pressed", String(isDark()));
    button("elder").setAttribute("aria-pressed", String(is("edition", "elder")));
    all("meta[name=theme-color]").forEach(function (meta) {
      meta.content = getComputedStyle(document.body).backgroundColor;
    });
  }

  /* 一行不足十六个字，就不两端对齐。微信放大了字，样式表不知道，所以量一量；行数不变，页面不动 */
  function align() {
    var text = document.querySelector(".body p, .story-card__summary");
    if (!text) return;
    var one = document.createElement("span");
    one.textContent = "字";
    text.appendChild(one);
    page.classList.toggle("is-ragged", 16 * one.offsetWidth > text.clientWidth);
    text.removeChild(one);
  }
  align();
  window.addEventListener("resize", align);

  /* 字变大变小，屏幕顶上的那一段还在屏幕顶上 */
  function inPlace(change) {
    var first = scrollY > 0 && all("main p, main li, main h1, main h2, main h3, figure, tr").filter(function (block) {
      return block.getBoundingClientRect().bottom > 3; /* of a sliver nobody reads */
    })[0];
    var before = first && first.getBoundingClientRect();
    page.style.overflowAnchor = "none"; /* the browser does not move it as well */
    change();
    align();
    if (first) {
      var after = first.getBoundingClientRect();
      scrollBy(0, after.top - before.top + Math.min(0, before.top) * (1 - after.height / before.height));
    }
    requestAnimationFrame(function () { page.style.overflowAnchor = ""; });
  }

  /* 底下一排按钮有多高，页尾就留多高；键盘走到的也不让它遮住 */
  function measure() { page.style.setProperty("--bar", bar.offsetHeight + 8 + "px"); }
  if (window.ResizeObserver) new ResizeObserver(measure).observe(bar); else window.addEventListener("resize", measure);

  /* 复制：微信里未必有剪贴板，就选中一段文字来复制 */
  function copied() { say("已复制"); }
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(copied, function () { copyByHand(text); });
    } else copyByHand(text);
  }
  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.appendChild(field);
    field.select();
    field.setSelectionRange(0, text.length);
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { /* said below */ }
    document.body.removeChild(field);
    if (done) copied(); else say("没有复制成，请长按地址栏复制");
  }
  function address() {
    var link = document.querySelector("link[rel=canonical]");
    var href = link ? link.getAttribute("href") : "";
    return /^https?:/.test(href) ? href : location.href.split(/[?#]/)[0];
  }

  /* 听报：手机自带的中文语音，不上网；有录音的不用 */
  var speech = window.speechSynthesis;
  var voice = null, queue = [], place = -1, paused = false;
  function findVoice() {
    voice = speech.getVoices().filter(function (one) {
      return one.localService && /^(zh|cmn)/i.test(one.lang);
    })[0] || null;
    if (voice) button("listen").classList.add("is-there");
  }
  function mark(on) { if (queue[place]) queue[place].classList.toggle("is-spoken", on); }
  function next() {
    mark(false);
    place += 1;
    if (place >= queue.length) { stop(); return; }
    mark(true);
    var words = new SpeechSynthesisUtterance(queue[place].textContent);
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = function () { if (place >= 0 && !paused) next(); };
    speech.speak(words);
  }
  function stop() {
    mark(false);
    place = -1;
    paused = false;
    speech.cancel();
    button("listen").textContent = "听";
  }
  function play() {
    recorded.closest("details").open = true;
    if (recorded.paused) recorded.play(); else recorded.pause();
  }
  function listen() {
    if (place < 0) {
      queue = all("h1.headline, .body p, .body li, .body h2, .body h3");
      button("listen").textContent = "暂停";
      say("用手机里的声音读");
      next();
    } else if (paused) {
      paused = false;
      button("listen").textContent = "暂停";
      place -= 1; /* some engines lose their place: the paragraph is read again */
      next();
    } else {
      paused = true;
      button("listen").textContent = "继续";
      mark(true);
      speech.cancel();
    }
  }
  /* 一篇放完放下一篇；锁了屏，手机上也看得见放的是哪一篇 */
  var recordings = all(".story__audio");
  var recorded = recordings[0];
  var session = navigator.mediaSession;
  function playOther(step) {
    var other = recordings[recordings.indexOf(recorded) + step];
    if (other) other.play();
  }
  if (recorded) {
    button("listen").classList.add("is-there");
    recordings.forEach(function (one) {
      one.addEventListener("play", function () {
        if (recorded !== one) recorded.pause();
        recorded = one;
        if (session && window.MediaMetadata) {
          session.metadata = new MediaMetadata({ title: one.title || document.title });
        }
      });
      one.addEventListener("ended", function () { playOther(1); });
      ["play", "pause"].forEach(function (event) {
        one.addEventListener(event, function () {
          if (recorded !== one) return;
          button("listen").textContent = one.paused ? "继续" : "暂停";
          say(one.paused ? "停下了" : "正在放录音");
        });
      });
    });
    if (session && recordings[1]) {
      session.setActionHandler("previoustrack", function () { playOther(-1); });
      session.setActionHandler("nexttrack", function () { playOther(1); });
    }
  } else if (speech && button("listen")) {
    findVoice();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", findVoice);
    else speech.onvoiceschanged = findVoice;
    window.addEventListener("pagehide", function () { speech.cancel(); });
  }

  /* 图片：点一下放大，返回键、Esc、再点一下都是关 */
  var enlarged = null, before = null;
  function enlarge(image) {
    before = image;
    enlarged = document.createElement("dialog");
    var native = typeof enlarged.showModal === "function";
    enlarged.className = "enlarged" + (native ? "" : " enlarged--plain");
    enlarged.setAttribute("aria-label", image.alt || "图片");
    if (!native) enlarged.setAttribute("role", "dialog");
    var large = document.createElement("img");
    large.src = image.getAttribute("src");
    large.alt = image.alt;
    var across = image.getAttribute("width") / image.getAttribute("height");
    if (across > 2 && across > innerWidth / innerHeight) enlarged.className += " enlarged--wide";
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "关闭";
    enlarged.appendChild(large);
    enlarged.appendChild(close);
    document.body.appendChild(enlarged);
    enlarged.addEventListener("click", function () { history.back(); });
    enlarged.addEventListener("cancel", function (event) { event.preventDefault(); history.back(); });
    history.pushState({ enlarged: true }, "");
    if (native) enlarged.showModal(); else enlarged.setAttribute("open", "");
    close.focus();
  }
  function shrink() {
    if (!enlarged) return;
    document.body.removeChild(enlarged);
    enlarged = null;
    before.focus();
  }
  window.addEventListener("popstate", shrink);
  all("figure.picture img").forEach(function (image) {
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    image.setAttribute("aria-label", "放大图片" + (image.alt ? "：" + image.alt : ""));
    image.addEventListener("click", function () { enlarge(image); });
    image.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); enlarge(image); }
    });
  });

  /* 上一篇、下一篇：左右键；稿件上还可左右滑，要平、要长，竖着滚动时不抢 */
  function go(rel) {
    var link = document.querySelector("a[rel=" + rel + "]");
    if (link) location.href = link.href;
  }
  function busy(element) {
    var own = "input, textarea, select, audio, .table-scroll, [contenteditable]";
    return enlarged || (element.closest && element.closest(own));
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && enlarged && enlarged.classList.contains("enlarged--plain")) history.back();
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || busy(event.target)) return;
    if (event.key === "ArrowLeft") go("prev");
    if (event.key === "ArrowRight") go("next");
  });
  var EDGE = 48; /* the system's own swipes begin there */
  var FLAT = Math.tan(15 * Math.PI / 180);
  var start = null;
  document.addEventListener("touchstart", function (event) {
    var touch = event.touches[0];
    var zoomed = window.visualViewport && window.visualViewport.scale > 1.01;
    var free = document.body.className === "article" && event.touches.length === 1 && !zoomed && !busy(event.target)
      && touch.clientX > EDGE && touch.clientX < innerWidth - EDGE;
    start = free ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });
  document.addEventListener("touchend", function (event) {
    var begun = start;
    start = null;
    if (!begun || event.touches.length || String(getSelection())) return;
    var across = event.changedTouches[0].clientX - begun.x;
    var down = event.changedTouches[0].clientY - begun.y;
    if (Math.abs(across) < innerWidth / 3 || Math.abs(down) > FLAT * Math.abs(across)) return;
    if (event.timeStamp - begun.at > 600) return;
    go(across > 0 ? "prev" : "next");
  }, { passive: true });

  /* 找不到的页：地址里若有期号，指到那一期 */
  var missing = document.querySelector("[data-newest]");
  var wanted = missing && /\/issues\/([0-9]+)\//.exec(location.pathname);
  if (wanted && Number(wanted[1]) <= Number(missing.getAttribute("data-newest"))) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = location.pathname.slice(0, wanted.index) + wanted[0];
    link.textContent = "到总第" + Number(wanted[1]) + "期里找";
    item.appendChild(link);
    missing.insertBefore(item, missing.firstChild);
  }

  /* 通读全期：停在哪一段，记在本机，下次可以接着读 */
  var resume = button("resume");
  var paragraphs = resume ? all(".story .headline, .body > *") : [];
  var last = 0, settled = 0;
  function keepPlace() {
    var here = paragraphs.findIndex(function (block) { return block.getBoundingClientRect().bottom > 0; });
    var ended = paragraphs[paragraphs.length - 1].getBoundingClientRect().bottom < innerHeight;
    var place = "reader-place-" + location.pathname;
    try {
      if (here < 2 || ended) localStorage.removeItem(place); else localStorage.setItem(place, String(here));
    } catch (error) { /* then one looks for it oneself */ }
  }
  if (paragraphs.length) {
    try {
      last = Number(localStorage.getItem("reader-place-" + location.pathname));
    } catch (error) { /* none is kept */ }
    if (paragraphs[last] && last) resume.classList.add("is-there");
    window.addEventListener("scroll", function () {
      clearTimeout(settled);
      settled = setTimeout(keepPlace, 800);
    }, { passive: true });
  }

  var ACTIONS = {
    resume: function () {
      paragraphs[last].scrollIntoView();
      say("上次读到这里");
    },
    smaller: function () { resize(-1); },
    larger: function () { resize(1); },
    scheme: function () {
      var dark = !isDark();
      choose("scheme", dark === night.matches ? "" : dark ? "dark" : "light");
      show();
      say(dark ? "已换成夜间深色" : "已换成日间浅色");
    },
    elder: function () {
      var on = !is("edition", "elder");
      inPlace(function () { choose("edition", on ? "elder" : ""); });
      show();
      say(on ? "已换成长者版" : "已换回普通版");
    },
    listen: recorded ? play : listen,
    share: function () {
      if (page.classList.contains("is-wechat")) say("点右上角的 ···，再点“发送给朋友”", true);
      else navigator.share({ title: document.title, url: address() }).catch(function () { /* not sent */ });
    },
    link: function () { copy(address()); },
    citation: function () { copy(button("citation").getAttribute("data-citation")); },
    print: function () { print(); }
  };
  document.addEventListener("click", function (event) {
    var pressed = event.target.closest && event.target.closest("[data-do]");
    if (pressed && ACTIONS[pressed.getAttribute("data-do")]) ACTIONS[pressed.getAttribute("data-do")]();
  });
  show();
})();
