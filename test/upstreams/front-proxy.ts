import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** From where it calls on: what a gateway behind it sees at the other end. */
export const PROXY_ADDRESS = "127.0.0.9";

const conf = (port: number, next: number) => `daemon off;
worker_processes 1;
pid front.pid;
error_log error.log notice;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${next};
      proxy_bind ${PROXY_ADDRESS};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}
`;

/** A real nginx as a load balancer before a gateway: it adds who called it to the list, and passes on all else. */
export async function startFrontProxy(next: number): Promise<Running> {
  const directory = makeDirectory("front");
  for (;;) {
    const port = await freePort();
    writeFileSync(join(directory.path, "nginx.conf"), conf(port, next));
    const args = ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"];
    const front = await startProgram({ program: "nginx", args, port, log: () => "", remove: directory.remove });
    if (front !== null) return front;
  }
}
