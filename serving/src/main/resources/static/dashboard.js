"use strict";
/* What needs a browser's help: charts, drawn from the tables that stand beside them, and what htmx leaves open. */
(() => {
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language === "en" ? "en-GB" : language, { maximumSignificantDigits: 4 });
  const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const dayMonth = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { month: "short", year: "2-digit", timeZone: "UTC" });
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const time = text => Date.parse(text + "T00:00:00Z");
  const DAY = 86400000;

  /** The columns of a table: what heads them, and the values of its rows, or of the last ones. */
  const columns = (table, last = 1000) => {
    const rows = [...table.tBodies[0].rows].slice(-last);
    return [...table.tHead.rows[0].cells].map((head, i) => ({
      kind: head.dataset.series,
      name: head.textContent.trim(),
      values: rows.map(row => row.cells[i].dataset.value),
      texts: rows.map(row => row.cells[i].textContent.trim()),
    }));
  };
  const numbers = column => column.values.map(value => (value === undefined ? null : Number(value)));

  const text = () => ({ color: colour("muted"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 });
  const axisLine = () => ({ lineStyle: { color: colour("line") } });
  /* The ends of an axis have ticks, too, so that a month would be named at its first day and at the end. */
  const atMonth = value => (new Date(value).getUTCDate() === 1 ? month.format(value) : "");
  const timeAxis = () => ({
    type: "time",
    minInterval: DAY,
    axisLine: axisLine(),
    axisTick: { show: false },
    axisLabel: { ...text(), hideOverlap: true, formatter: atMonth },
    splitLine: { show: false },
  });
  /* Ticks of a few weeks lie in the same months, so that their labels need the day. */
  const SHORT = 150 * DAY;
  const valueAxis = more => ({
    type: "value",
    axisLabel: { ...text(), formatter: value => number.format(value) },
    nameTextStyle: text(),
    splitLine: { lineStyle: { color: colour("line") } },
    ...more,
  });
  /* Drawn on the canvas: as HTML it would need styles that the content security policy forbids. */
  const tooltip = more => ({
    renderMode: "richText",
    confine: true,
    backgroundColor: colour("surface"),
    borderColor: colour("line"),
    textStyle: { ...text(), color: colour("ink") },
    ...more,
  });
  const frame = () => ({ animation: false, useUTC: true, textStyle: text(), tooltip: tooltip({ trigger: "axis" }) });
  const legend = names => ({ data: names, type: "scroll", top: 0, left: 0, itemWidth: 16, itemHeight: 8, textStyle: { ...text(), color: colour("ink"), lineHeight: 18 }, pageTextStyle: text(), pageIconColor: colour("accent") });
  const atDay = items => [day.format(items[0].axisValue)]
    .concat(items.filter(item => item.seriesName && !item.seriesName.startsWith("_") && item.value[1] !== null)
      .map(item => item.marker + " " + item.seriesName + "  " + number.format(item.value[1])))
    .join("\n");
  const dashed = (name, points, of, width) => ({ name, type: "line", data: points, symbol: "none", itemStyle: { color: of }, lineStyle: { color: of, width, type: "dashed" }, z: 4 });

  /* Promotions of the product, as far as they are within the chart. */
  const promotions = (from, to) => {
    const planned = document.getElementById("planned");
    const rows = planned ? [...planned.querySelectorAll("[data-marked]")] : [];
    return {
      name: planned ? planned.dataset.label : "",
      days: rows
        .map(row => [Math.max(from, time(row.dataset.from)), Math.min(to, time(row.dataset.to) + DAY)])
        .filter(([first, end]) => first < end),
    };
  };

  const weeks = (table, narrow) => {
    const [week, ...rest] = columns(table, narrow ? 34 : Number(table.dataset.shown || 1000));
    const at = week.values.map(time);
    const { from, to, expected, paces, lower, upper, baseline, labelExpected, labelInterval, labelBaseline, labelLastYear, labelTrends } = table.dataset;
    const points = values => values.map((value, i) => [at[i] + 3 * DAY, value]);
    const sold = rest.find(column => column.kind === "units");
    const trends = rest.filter(column => column.kind === "trend");
    const lines = [colour("trend-1"), colour("trend-2"), colour("trend-3")];
    const series = [{ name: sold.name, type: "bar", data: points(numbers(sold)), itemStyle: { color: colour("bar") }, barMaxWidth: 14, barMinWidth: 2 }];
    trends.forEach((trend, i) => {
      const values = numbers(trend);
      const most = Math.max(...values);
      const shares = values.map(value => (value === null || most <= 0 ? null : (100 * value) / most));
      series.push({ name: trend.name, type: "line", yAxisIndex: 1, data: points(shares), symbol: "none", connectNulls: false, itemStyle: { color: lines[i] }, lineStyle: { color: lines[i], width: 1.6 }, z: 3 });
    });
    const factors = paces && expected > 0 ? paces.split(",").map(pace => pace / expected) : [1];
    const names = [sold.name, ...trends.map(trend => trend.name)];
    const last = expected ? time(to) + 4 * DAY : at[at.length - 1] + 10 * DAY;
    const [everyWeek, ...everyColumn] = columns(table);
    const everySold = numbers(everyColumn.find(column => column.kind === "units"));
    const ghost = everyWeek.values
      .map((value, i) => [time(value) + (3 + 364) * DAY, everySold[i]])
      .filter(([day, units]) => units !== null && day > at[0] && day < last);
    if (ghost.length > 0) {
      series.push({ name: labelLastYear, type: "line", data: ghost, symbol: "none", itemStyle: { color: colour("muted") }, lineStyle: { color: colour("muted"), width: 1.4, type: "dotted" }, z: 2 });
      names.push(labelLastYear);
    }
    if (expected) {
      const ends = [time(from), time(to) + DAY];
      /* The forecast is a step for each week; its range has the same steps. Rows without weeks are flat. */
      const across = value => factors.flatMap((factor, i) => {
        const end = i + 1 < factors.length ? ends[0] + 7 * (i + 1) * DAY : ends[1];
        return [[ends[0] + 7 * i * DAY, value * factor], [end - 1, value * factor]];
      });
      series[0].markArea = { silent: true, itemStyle: { color: colour("horizon") }, data: [[{ xAxis: ends[0] }, { xAxis: ends[1] }]] };
      if (upper) series.push(
        { name: "_lower", type: "line", data: across(lower), stack: "interval", symbol: "none", lineStyle: { opacity: 0 }, silent: true },
        { name: labelInterval, type: "line", data: across(upper - lower), stack: "interval", symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: colour("range"), opacity: 0.6 }, itemStyle: { color: colour("range") }, silent: true, tooltip: { show: false } });
      series.push(
        { name: labelExpected, type: "line", data: across(expected), symbol: "none", itemStyle: { color: colour("accent") }, lineStyle: { color: colour("accent"), width: 3 }, z: 5 },
        dashed(labelBaseline, [[ends[0] - 84 * DAY, Number(baseline)], [ends[1], Number(baseline)]], colour("mark"), 2));
      names.push(labelExpected, ...(upper ? [{ name: labelInterval, icon: "roundRect" }] : []), labelBaseline);
    }
    const marked = promotions(at[0] - 2 * DAY, last);
    if (marked.days.length > 0) {
      series.push({ name: marked.name, type: "line", data: [], itemStyle: { color: colour("promotion") }, markArea: { silent: true, itemStyle: { color: colour("promotion") }, data: marked.days.map(([first, end]) => [{ xAxis: first }, { xAxis: end }]) } });
      names.push({ name: marked.name, icon: "rect" });
    }
    const units = [...numbers(sold), ...ghost.map(point => point[1]), expected ? (upper || expected) * Math.max(...factors) : 0];
    const least = Math.min(0, ...units);
    const most = Math.max(...units);
    /* A week of returns is below zero: both axes then share their zero line. */
    const below = least < 0 && most > 0 ? { left: { min: least * 1.05, max: most * 1.05, axisLabel: { ...text(), showMinLabel: false, showMaxLabel: false, formatter: value => number.format(value) } }, right: (100 * least) / most } : { left: {}, right: 0 };
    return {
      ...frame(),
      tooltip: tooltip({ trigger: "axis", formatter: items => atDay(items.filter(item => item.seriesName !== labelInterval)) }),
      legend: legend(names),
      grid: { left: 8, right: 8, top: 56, bottom: 4, containLabel: true },
      xAxis: { ...timeAxis(), min: at[0] - 2 * DAY, max: last, ...(last - at[0] < SHORT ? { axisLabel: { ...text(), hideOverlap: true, formatter: value => dayMonth.format(value) } } : {}) },
      yAxis: [
        valueAxis({ name: narrow ? "" : sold.name, nameTextStyle: { ...text(), align: "left" }, ...below.left }),
        valueAxis({ name: trends.length ? labelTrends : "", nameTextStyle: { ...text(), align: "right" }, min: below.right * 1.05, max: below.right < 0 ? 105 : 100, axisLabel: { ...text(), formatter: value => (value < 0 || value > 100 ? "" : number.format(value)) }, splitLine: { show: false }, show: trends.length > 0 }),
      ],
      series,
    };
  };

  const said = table => {
    const [asOf, expected, baseline] = columns(table);
    const line = (column, of, style) => ({ name: column.name, type: "line", data: numbers(column).map((value, i) => [time(asOf.values[i]), value]), symbolSize: 6, itemStyle: { color: of }, lineStyle: { color: of, width: 2, type: style } });
    return {
      ...frame(),
      tooltip: tooltip({ trigger: "axis", formatter: atDay }),
      legend: legend([expected.name, baseline.name]),
      grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
      xAxis: { ...timeAxis(), axisLabel: { ...text(), hideOverlap: true, formatter: value => day.format(value) } },
      yAxis: valueAxis({ scale: true }),
      series: [line(expected, colour("accent"), "solid"), line(baseline, colour("mark"), "dashed")],
    };
  };

  /* Three of the metrics beside each other: those that tell how good the amounts and the order are. */
  const methods = (table, narrow) => {
    const [method, ...metrics] = columns(table);
    const shown = ["wape", "spearman", "qini"].map(kind => metrics.find(metric => metric.kind === kind));
    const names = method.texts;
    const left = narrow ? 0 : 17;
    const width = (100 - left) / 3;
    const grids = narrow
      ? shown.map((metric, i) => ({ left: 150, right: 46, top: 26 + i * 160, height: 120 }))
      : shown.map((metric, i) => ({ left: left + i * width + "%", width: width - 5 + "%", top: 30, bottom: 8 }));
    return {
      ...frame(),
      tooltip: tooltip({ trigger: "item", formatter: item => item.name + "  " + number.format(item.value) }),
      title: shown.map((metric, i) => ({ text: metric.name, left: grids[i].left, top: narrow ? i * 160 : 0, padding: [4, 0], textStyle: { ...text(), color: colour("ink"), fontWeight: 600, fontSize: 13 } })),
      grid: grids,
      xAxis: shown.map((metric, i) => ({ type: "value", gridIndex: i, axisLabel: { show: false }, splitLine: { show: false } })),
      yAxis: shown.map((metric, i) => ({ type: "category", gridIndex: i, inverse: true, data: names, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...text(), color: colour("ink"), show: narrow || i === 0, width: narrow ? 140 : 170, overflow: "truncate" } })),
      series: shown.map((metric, i) => ({
        type: "bar", xAxisIndex: i, yAxisIndex: i, barMaxWidth: 16,
        label: { show: true, position: "right", ...text(), color: colour("ink"), formatter: item => metric.texts[item.dataIndex].replace(/\s*[±(].*/, "") },
        data: numbers(metric).map((value, row) => ({ value, itemStyle: { color: method.values[row] === "model" ? colour("accent") : colour("bar") } })),
      })),
    };
  };

  const charts = { weeks, said, methods };
  const draw = element => {
    const narrow = element.clientWidth < 700;
    element.classList.toggle("stacked", narrow && element.dataset.chart === "methods");
    const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "canvas" });
    chart.resize();
    chart.setOption(charts[element.dataset.chart](document.getElementById(element.dataset.table), narrow), true);
    element.dataset.drawn = "true";
  };
  const drawn = [...document.querySelectorAll("[data-chart]")];
  if (drawn.length > 0 && typeof echarts !== "undefined") {
    drawn.forEach(draw);
    const again = () => drawn.forEach(draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    let width = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; again(); } });
  }

  /* What the browser keeps: starred products and named views of the lists. Without storage, nothing is kept. */
  const kept = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem("trendflow." + name)) || otherwise;
    } catch {
      return otherwise;
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem("trendflow." + name, JSON.stringify(value));
    } catch { /* a full or forbidden storage */ }
  };
  const MOST_STARRED = 100;
  const MOST_COMPARED = 4;
  const ownLists = document.querySelector(".own-lists");
  const showStars = () => {
    const stars = kept("starred", []);
    document.querySelectorAll("[data-star]").forEach(button => button.setAttribute("aria-pressed", stars.includes(button.dataset.star)));
    const starred = document.getElementById("starred");
    const compare = document.getElementById("compare");
    starred.hidden = stars.length === 0;
    starred.querySelector("span").textContent = stars.length;
    starred.href = "/?products=" + stars.map(encodeURIComponent).join(",");
    compare.hidden = stars.length < 2;
    compare.href = "/compare?products=" + stars.slice(0, MOST_COMPARED).map(encodeURIComponent).join(",");
  };
  const showViews = () => {
    const views = kept("views", {});
    const select = document.getElementById("views");
    select.length = 1;
    Object.keys(views).sort().forEach(name => select.add(new Option(name, views[name])));
    select.value = location.pathname + location.search;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    select.parentElement.hidden = select.length === 1;
    document.getElementById("drop").hidden = select.selectedIndex <= 0;
  };
  if (ownLists) {
    document.body.addEventListener("click", event => {
      const button = event.target.closest("[data-star]");
      if (button) {
        const id = button.dataset.star;
        const stars = kept("starred", []);
        keep("starred", stars.includes(id) ? stars.filter(other => other !== id) : [...stars, id].slice(-MOST_STARRED));
        showStars();
      }
    });
    document.getElementById("views").addEventListener("change", event => { if (event.target.value) location.assign(event.target.value); });
    document.getElementById("save").addEventListener("click", () => {
      const name = (prompt(ownLists.dataset.save) || "").trim();
      if (name) {
        keep("views", { ...kept("views", {}), [name]: location.pathname + location.search });
        showViews();
      }
    });
    document.getElementById("drop").addEventListener("click", () => {
      const select = document.getElementById("views");
      const { [select.selectedOptions[0].text]: dropped, ...others } = kept("views", {});
      keep("views", others);
      showViews();
    });
    document.body.addEventListener("htmx:afterSettle", () => { showStars(); showViews(); });
    showStars();
    showViews();
  }

  /* On a phone the sections are one line, wider than the screen. */
  document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  /* Lists that htmx loads. */
  const failure = document.getElementById("failure");
  if (failure) {
    const failed = event => {
      failure.querySelector("a").href = event.detail.requestConfig.path;
      failure.hidden = false;
    };
    document.body.addEventListener("htmx:beforeRequest", () => { failure.hidden = true; });
    document.body.addEventListener("htmx:sendError", failed);
    document.body.addEventListener("htmx:timeout", failed);
    /* An error has a page of its own; so has the form that asks for the key once the session ended. */
    document.body.addEventListener("htmx:responseError", event => location.assign(event.detail.pathInfo.finalRequestPath));
    document.body.addEventListener("htmx:beforeSwap", event => {
      const at = event.detail.xhr.responseURL;
      if (at && new URL(at).pathname === "/login") {
        event.detail.shouldSwap = false;
        location.assign("/login");
      }
    });
    document.body.addEventListener("htmx:afterSettle", () => {
      document.getElementById("status").textContent = document.getElementById("count").textContent;
      if (document.activeElement === document.body) {
        document.getElementById("list").focus({ preventScroll: true });
      }
    });
  }
})();
