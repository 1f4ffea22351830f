import type { Distribution } from "./latency";

type Value = number | ReadonlyMap<string, number>;
export type Metric = { readonly name: string; readonly help: string } & (
  | { readonly type: "counter" | "gauge"; readonly value: Value }
  | { readonly type: "histogram"; readonly value: Distribution }
);

const escaped = (label: string): string => label.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
const written = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "NaN");

/** `{a="1",b="2"}`, or nothing. */
const labelled = (...labels: readonly (readonly [name: string, value: string | number] | null)[]): string => {
  const texts = labels.flatMap((label) => (label ? [`${label[0]}="${escaped(String(label[1]))}"`] : []));
  return texts.length === 0 ? "" : `{${texts.join(",")}}`;
};

type Worker = readonly ["worker", number] | null;

function samplesOf(name: string, { upTo, count, sumSeconds }: Distribution, worker: Worker): string[] {
  return [
    ...upTo.map(([seconds, sum]) => `${name}_bucket${labelled(worker, ["le", seconds])} ${sum}`),
    `${name}_bucket${labelled(worker, ["le", "+Inf"])} ${count}`,
    `${name}_sum${labelled(worker)} ${sumSeconds}`,
    `${name}_count${labelled(worker)} ${count}`,
  ];
}

function samples(name: string, metric: Metric, worker: Worker = null): string[] {
  if (metric.type === "histogram") return samplesOf(name, metric.value, worker);
  const { value } = metric;
  return typeof value === "number"
    ? [`${name}${labelled(worker)} ${written(value)}`]
    : [...value].map(([reason, count]) => `${name}${labelled(worker, ["reason", reason])} ${written(count)}`);
}

const nameOf = (metric: Metric): string => `latchkey_${metric.name}`;
const headOf = (metric: Metric): string[] => [
  `# HELP ${nameOf(metric)} ${metric.help}`,
  `# TYPE ${nameOf(metric)} ${metric.type}`,
];

/** Prometheus text (exposition format 0.0.4). A map is one line for each reason. */
export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap((metric) => [...headOf(metric), ...samples(nameOf(metric), metric)]);
  return `${lines.join("\n")}\n`;
}

/** The same of several workers, each with series of its own: what starts again at nothing starts for itself. */
export function expositionOf(
  workers: readonly { readonly worker: number; readonly metrics: readonly Metric[] }[],
): string {
  const families = new Map<string, string[]>();
  for (const { worker, metrics } of workers) {
    for (const metric of metrics) {
      const name = nameOf(metric);
      const lines = families.get(name) ?? headOf(metric);
      families.set(name, [...lines, ...samples(name, metric, ["worker", worker])]);
    }
  }
  return [...families.values()]
    .flat()
    .map((line) => `${line}\n`)
    .join("");
}

export const counter = (name: string, help: string, value: Value): Metric => ({ name, type: "counter", help, value });
export const gauge = (name: string, help: string, value: Value): Metric => ({ name, type: "gauge", help, value });
export const histogram = (name: string, help: string, value: Distribution): Metric => ({
  ...{ name, type: "histogram", help, value },
});
