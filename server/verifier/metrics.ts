import type { Distribution } from "./latency";

type Value = number | ReadonlyMap<string, number>;
type Metric = { readonly name: string; readonly help: string } & (
  | { readonly type: "counter" | "gauge"; readonly value: Value }
  | { readonly type: "histogram"; readonly value: Distribution }
);

const escaped = (label: string): string => label.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
const written = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "NaN");

function samplesOf(name: string, { upTo, count, sumSeconds }: Distribution): string[] {
  return [
    ...upTo.map(([seconds, sum]) => `${name}_bucket{le="${seconds}"} ${sum}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sumSeconds}`,
    `${name}_count ${count}`,
  ];
}

function samples(name: string, metric: Metric): string[] {
  if (metric.type === "histogram") return samplesOf(name, metric.value);
  const { value } = metric;
  return typeof value === "number"
    ? [`${name} ${written(value)}`]
    : [...value].map(([reason, count]) => `${name}{reason="${escaped(reason)}"} ${written(count)}`);
}

/** Prometheus text (exposition format 0.0.4). A map is one line for each reason. */
export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap((metric) => {
    const name = `latchkey_${metric.name}`;
    return [`# HELP ${name} ${metric.help}`, `# TYPE ${name} ${metric.type}`, ...samples(name, metric)];
  });
  return `${lines.join("\n")}\n`;
}

export const counter = (name: string, help: string, value: Value): Metric => ({ name, type: "counter", help, value });
export const gauge = (name: string, help: string, value: Value): Metric => ({ name, type: "gauge", help, value });
export const histogram = (name: string, help: string, value: Distribution): Metric => ({
  ...{ name, type: "histogram", help, value },
});
