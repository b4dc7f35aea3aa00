// What any audit has to pay: Node starts, walks the tree, and reads the files that matter as text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2];
const matters = /\.([cm]?[jt]sx?|ya?ml|json|sh|md|mdx|prisma|sql|env[\w.]*)$|Dockerfile|\.gitignore|\.env/;
const folders = [root];
let characters = 0;
while (folders.length > 0) {
  const folder = folders.pop();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') folders.push(path);
    else if (entry.isFile() && matters.test(entry.name)) characters += readFileSync(path, 'utf8').length;
  }
}
console.log(characters);
