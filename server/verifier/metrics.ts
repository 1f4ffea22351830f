type Value = number | ReadonlyMap<string, number>;
type Metric = {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly value: Value;
};

const escaped = (label: string): string => label.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
const written = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "NaN");

/** Prometheus text (exposition format 0.0.4). A map is one line for each reason. */
export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, type, help, value }) => [
    `# HELP latchkey_${name} ${help}`,
    `# TYPE latchkey_${name} ${type}`,
    ...(typeof value === "number"
      ? [`latchkey_${name} ${written(value)}`]
      : [...value].map(([reason, count]) => `latchkey_${name}{reason="${escaped(reason)}"} ${written(count)}`)),
  ]);
  return `${lines.join("\n")}\n`;
}

export const counter = (name: string, help: string, value: Value): Metric => ({ name, type: "counter", help, value });
export const gauge = (name: string, help: string, value: Value): Metric => ({ name, type: "gauge", help, value });
