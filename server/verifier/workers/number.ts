import cluster from "node:cluster";

const VARIABLE = "LATCHKEY_WORKER";

/** Which worker this process is, from 1; null where it is none. Said by who starts it, and by nobody else. */
export const ownNumber = (): number | null => {
  const number = Number(process.env[VARIABLE] ?? "");
  return cluster.isWorker && number > 0 ? number : null;
};

/** Tells a process which worker it is. */
export const numbered = (number: number): Readonly<Record<string, string>> => ({ [VARIABLE]: String(number) });
