import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

testGap(gap, import.meta.url, {
  'the example is missing': { files: { 'README.md': '# App\n' }, open: ['no-example'] },
  'the example is there': {
    files: { 'README.md': '# App\n', 'docs/example.md': '# Example\n' },
    closed: true,
  },
  'there is no README': { files: { 'notes.txt': '' }, notApplicable: true },
});
