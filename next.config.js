/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ["bcrypt", "pg", "@prisma/client", "@prisma/adapter-pg"],
};

export default config;
