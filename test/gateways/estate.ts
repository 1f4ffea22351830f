import { startBitbucket } from "../upstreams/bitbucket";
import { type Behind, startFront } from "../upstreams/front";
import { startGit, startLivingGit } from "../upstreams/git";
import { FRED, startLiving } from "../upstreams/living";
import { startRadicale } from "../upstreams/radicale";
import type { Upstream } from "../upstreams/recorder";

/** Where the application lies that was there before Latchkey, and goes on signing its own people in. */
export const LIVING = "/living";

/** What the gateways share behind them: Bitbucket with real git, one that signs people in by itself, a real Radicale. */
export type Estate = {
  readonly behind: readonly Behind[];
  readonly living: Upstream;
  stop(): Promise<unknown>;
};

export async function openEstate(): Promise<Estate> {
  const tokens = Promise.all([startGit(), startBitbucket(), startRadicale()]);
  const own = Promise.all([startLivingGit(), startRadicale(FRED), startLiving()]);
  const [[git, bitbucket, radicale], [livingGit, livingRadicale, living]] = await Promise.all([tokens, own]);
  return {
    living,
    behind: [
      { context: "/bitbucket/scm", port: git.port },
      { context: "/bitbucket/rest", port: bitbucket.port },
      { context: "/radicale", port: radicale.port, adds: { "X-Script-Name": "/radicale" } },
      { context: `${LIVING}/scm`, port: livingGit.port },
      {
        ...{ context: `${LIVING}/radicale`, port: livingRadicale.port },
        adds: { "X-Script-Name": `${LIVING}/radicale` },
      },
      { context: LIVING, port: living.port },
    ],
    stop: () => Promise.all([git, bitbucket, radicale, livingGit, livingRadicale, living].map((each) => each.stop())),
  };
}

/** All of it behind one port, and beside it this application where no context begins the path. */
export const startFrontOf = ({ behind }: Estate, port: number) => startFront([...behind, { context: "", port }]);
