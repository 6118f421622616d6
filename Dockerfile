# The compiled service with its production dependencies, run by Node 26 as a user without rights. It needs no shell and
# writes nothing: it runs on a read-only file system.
#
# Memory: one process takes 512 MiB at most with --max-old-space-size=384. With WORKERS=n there are n + 1 of them, so give
# the container (n + 1) x 512 MiB, and more only together with CACHE_MAX_BYTES and the heap:
#
#   docker run --read-only --memory 1536m -e WORKERS=2 -e NODE_OPTIONS=--max-old-space-size=384 vast-unwrap

FROM node:26-slim AS build
WORKDIR /app
# sources are compiled with the Node of the image: the development dependency that brings a Node is not needed
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm ci --omit=dev --ignore-scripts

FROM node:26-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="vast-unwrap" \
  org.opencontainers.image.description="VAST unwrapping and creative validation under one shared deadline" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.source="https://github.com/vast-unwrap/vast-unwrap" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
  NODE_OPTIONS=--max-old-space-size=384
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY LICENSE ./
# the user `node` of the image, by number: Kubernetes checks it that way
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/livez`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# exec form: SIGTERM reaches the service, which drains
CMD ["node", "dist/main.js"]
