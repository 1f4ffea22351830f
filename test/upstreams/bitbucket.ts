import { startRecorder, type Upstream } from "./recorder";

/** Answers like Bitbucket Data Center where its clients look: a project's repositories, and a new one. */
export const startBitbucket = (): Promise<Upstream> =>
  startRecorder(({ method, url, headers, body }, response) => {
    response.setHeader("Content-Type", "application/json");
    if (!url.startsWith("/api/1.0/projects/DEMO/repos")) return void response.writeHead(404).end("{}");
    if (method === "GET") return void response.end(JSON.stringify({ values: [{ slug: "repo" }], isLastPage: true }));
    const made = { slug: JSON.parse(body).name, by: headers["x-latchkey-user"]?.[0] };
    response.writeHead(201).end(JSON.stringify(made));
  });
