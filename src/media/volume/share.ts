/** Server and name of a share, as `//[user@]server/name` or with backslashes. Neither knows upper and lower case. */
const SMB_SHARE = /^[\\/]{2}(?:[^\\/@]*@)?([^\\/]+)[\\/](.+?)[\\/]*$/;

/**
 * Identity of a network share: the same for one share however it was mounted.
 * @param type file system type, for example `cifs`, `nfs4`, `sshfs`
 * @param source what was mounted: `//server/share`, `server:/export`, `user@host:folder`
 */
export function shareIdentity(type: string, source: string): string {
  const [, server, name] = SMB_SHARE.exec(source) ?? [];
  if (server !== undefined && name !== undefined) {
    return `smb://${server}/${name.replaceAll('\\', '/')}`.toLowerCase();
  }
  const family = type.startsWith('nfs') ? 'nfs' : type;
  return `${family}://${source.replace(/(?<=.)\/+$/, '')}`;
}

/** The share's own name, for people. */
export function shareLabel(source: string): string {
  return source.split(/[\\/:]/).findLast((part) => part !== '') ?? source;
}
