// What a clean clone says while it makes itself ready. On stderr: stdout belongs to what is asked for (the CLI's JSON).

// Where it goes the disk may be full, or nobody there any more: what is being done goes on.
process.stderr.on("error", () => undefined);

/** Says one sentence. */
export const say = (sentence) => process.stderr.write(`${sentence}\n`);

/** Says what begins, does it, and says how long it took. */
export async function saying(sentence, work) {
  const startedAt = performance.now();
  process.stderr.write(`${sentence} …\n`);
  await work();
  process.stderr.write(`  done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}
