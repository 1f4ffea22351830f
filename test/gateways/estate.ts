import { startBitbucket } from "../upstreams/bitbucket";
import { type Behind, startFront } from "../upstreams/front";
import { startGit } from "../upstreams/git";
import { startRadicale } from "../upstreams/radicale";

/** What the gateways share behind them: Bitbucket with real git, and a real Radicale. */
export type Estate = { readonly behind: readonly Behind[]; stop(): Promise<unknown> };

export async function openEstate(): Promise<Estate> {
  const [git, bitbucket, radicale] = await Promise.all([startGit(), startBitbucket(), startRadicale()]);
  return {
    behind: [
      { context: "/bitbucket/scm", port: git.port },
      { context: "/bitbucket/rest", port: bitbucket.port },
      { context: "/radicale", port: radicale.port, adds: { "X-Script-Name": "/radicale" } },
    ],
    stop: () => Promise.all([git.stop(), bitbucket.stop(), radicale.stop()]),
  };
}

/** All of it behind one port, and beside it this application where no context begins the path. */
export const startFrontOf = ({ behind }: Estate, port: number) => startFront([...behind, { context: "", port }]);
