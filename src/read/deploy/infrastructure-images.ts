/** Databases, caches, proxies and what developers look into them with: no service of an application. */
const INFRASTRUCTURE =
  /(^|\/)(postgres(ql)?|postgis|pgvector|timescaledb(-ha)?|mysql(-server)?|mariadb|percona|mongo|mongodb|redis(-stack(-server)?|-commander|insight)?|valkey|keydb|memcached|clickhouse(-server)?|elasticsearch|opensearch|minio|mc|localstack|adminer|pgadmin4?|mongo-express|phpmyadmin|mailhog|mailpit|maildev|inbucket|[\w-]*neon-proxy|ps-http-sim|serverless-redis-http)(:|@|$)/;
/** What answers visitors or other services and holds nothing that was written for the application. */
const SERVERS =
  /(^|\/)(nginx|caddy|traefik|haproxy|envoy|httpd|rabbitmq|kafka|nats|meilisearch|typesense|qdrant|weaviate|grafana|prometheus|loki)(:|@|$)/;

/** Whether an image is anything that other people publish for everybody: a database, a proxy, a queue. */
export function isOffTheShelf(image: string): boolean {
  return INFRASTRUCTURE.test(image) || SERVERS.test(image);
}
