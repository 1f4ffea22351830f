/** Now, in epoch milliseconds. The only place outside tests where the edge of a process reads the clock. */
export const now = (): number => Date.now();
