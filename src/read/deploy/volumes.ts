import { asRecord } from '../../repo/record.ts';

/** What a service mounts. */
export interface Mount {
  /** The named volume or the folder of the host; undefined for a volume without a name. */
  readonly source: string | undefined;
  readonly target: string;
}

/** Named volumes and folders of the host that a service may write to; no sockets and single files. */
export function mountsOf(volumes: unknown): readonly Mount[] {
  return mountedBy(volumes).filter(({ isReadOnly }) => !isReadOnly);
}

/** What a service mounts, what it may only read included: a backup reads. */
export function readableMountsOf(volumes: unknown): readonly Mount[] {
  return mountedBy(volumes);
}

interface MountEntry extends Mount {
  readonly isReadOnly: boolean;
}

function mountedBy(volumes: unknown): readonly MountEntry[] {
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown): readonly MountEntry[] => {
    if (typeof volume === 'string') return shortMount(volume);
    const { type, source, target, read_only: isReadOnly } = asRecord(volume);
    if (typeof target !== 'string' || type === 'tmpfs') return [];
    return [
      {
        source: typeof source === 'string' ? source : undefined,
        target,
        isReadOnly: isReadOnly === true,
      },
    ];
  });
}

function shortMount(volume: string): readonly MountEntry[] {
  const filled = volume.replace(/\$\{\w+:?-([^}]{0,500})\}/g, '$1');
  const [source = '', target, mode = ''] = filled.split(':');
  const isFile = /\.\w+$|\.sock$/.test(source);
  return target === undefined || isFile ? [] : [{ source, target, isReadOnly: /\bro\b/.test(mode) }];
}
