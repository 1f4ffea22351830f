import process from "node:process";

// Our verifier, started with --expose-gc: when told so it collects everything it can, and says what it keeps.
process.on("SIGUSR2", () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  console.log(`kept ${heapUsed + external}`);
});
await import("#server/verifier");
