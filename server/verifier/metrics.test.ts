import { describe, expect, test } from "vitest";
import { Latency } from "./latency";
import { counter, exposition, expositionOf, gauge, histogram } from "./metrics";

const linesOf = (...metrics: Parameters<typeof exposition>[0]) => exposition(metrics).trimEnd().split("\n");

describe("metrics in the words of Prometheus", () => {
  test("are numbers with their kind and what they mean, a map one line for each reason", () => {
    expect(linesOf(gauge("ready", "Ready.", 1), counter("decisions_total", "All.", new Map([["allowed", 3]])))).toEqual(
      [
        ...["# HELP latchkey_ready Ready.", "# TYPE latchkey_ready gauge", "latchkey_ready 1"],
        ...["# HELP latchkey_decisions_total All.", "# TYPE latchkey_decisions_total counter"],
        'latchkey_decisions_total{reason="allowed"} 3',
      ],
    );
  });

  test("say what is without bounds, and let no label break a line", () => {
    expect(linesOf(gauge("age", "Age.", Number.POSITIVE_INFINITY)).at(-1)).toBe("latchkey_age +Inf");
    const odd = counter("x", "X.", new Map([['a"b\\c\nd', 1]]));
    expect(linesOf(odd).at(-1)).toBe('latchkey_x{reason="a\\"b\\\\c\\nd"} 1');
  });

  test("tell how long decisions took in classes, each with those before it, the slowest in the last alone", () => {
    const latency = new Latency();
    for (const ms of [0.2, 0.5, 0.6, 7, 149, 151, 9_999, -3]) latency.note(ms);
    const lines = linesOf(histogram("decision_seconds", "Time.", latency.distribution));
    expect(lines.slice(0, 2)).toEqual([
      "# HELP latchkey_decision_seconds Time.",
      "# TYPE latchkey_decision_seconds histogram",
    ]);
    const counts = lines.flatMap(
      (line) => /^latchkey_decision_seconds_bucket\{le="(.+)"\} (\d+)$/.exec(line)?.slice(1) ?? [],
    );
    expect(counts).toEqual([
      ...["0.0005", "3", "0.001", "4", "0.0025", "4", "0.005", "4", "0.01", "5", "0.025", "5", "0.05", "5"],
      ...["0.1", "5", "0.15", "6", "+Inf", "8"],
    ]);
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^latchkey_decision_seconds_sum 10\.30/),
      "latchkey_decision_seconds_count 8",
    ]);
  });

  test("take no more memory the more is counted", () => {
    const latency = new Latency();
    for (let n = 0; n < 50_000; n += 1) latency.note(n);
    expect(latency.distribution.upTo).toHaveLength(9);
    expect(latency.distribution.count).toBe(50_000);
  });

  test("of several workers have a series for each, and each name is explained once", () => {
    const latency = new Latency();
    latency.note(0.2);
    const metrics = [
      counter("decisions_total", "All.", new Map([["allowed", 3]])),
      gauge("ready", "Ready.", 1),
      histogram("decision_seconds", "Time.", latency.distribution),
    ];
    const lines = expositionOf([1, 2].map((worker) => ({ worker, metrics }))).split("\n");
    expect(lines.slice(0, 8)).toEqual([
      ...["# HELP latchkey_decisions_total All.", "# TYPE latchkey_decisions_total counter"],
      'latchkey_decisions_total{worker="1",reason="allowed"} 3',
      'latchkey_decisions_total{worker="2",reason="allowed"} 3',
      ...["# HELP latchkey_ready Ready.", "# TYPE latchkey_ready gauge"],
      ...['latchkey_ready{worker="1"} 1', 'latchkey_ready{worker="2"} 1'],
    ]);
    expect(lines).toContain('latchkey_decision_seconds_bucket{worker="2",le="+Inf"} 1');
    expect(lines).toContain('latchkey_decision_seconds_count{worker="1"} 1');
    expect(lines.at(-1)).toBe("");
  });
});
