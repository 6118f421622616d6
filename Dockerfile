# The compiled service with its production dependencies, run by Node 26 as a user without rights.

FROM node:26-slim AS build
WORKDIR /app
# sources are compiled with the Node of the image: the development dependency that brings a Node is not needed
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm ci --omit=dev --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY LICENSE ./
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/livez`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# exec form: SIGTERM reaches the service, which drains
CMD ["node", "dist/main.js"]
