using OrleansAtlas.Errors;

namespace OrleansAtlas.Media;

/// <summary>Lists the files under the paths a person names.</summary>
public static class SourceFinder
{
    /// <summary>Folders that machines keep beside films: thumbnails, what was deleted, what a repair found.</summary>
    private static readonly HashSet<string> Housekeeping = new(StringComparer.OrdinalIgnoreCase)
    {
        "@eaDir",
        "#recycle",
        "#snapshot",
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "__MACOSX",
    };

    /// <summary>Files in the order of the paths, each folder's in ordinal order of their names, one folder in memory at a time.
    /// Hidden files and folders are left out, except where they are named themselves; each folder is listed once, whatever links lead to
    /// it; a folder that cannot be listed and a dead link come with a <see cref="SourceFile.Problem"/>, a pipe, a socket, a device and a
    /// folder of a machine's housekeeping come as <see cref="SourceFile.Ignored"/>.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="links">Where links to what has a name that is not UTF-8 are made; without it, such come with a problem.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">A path is not there; thrown when it is reached.</exception>
    public static IEnumerable<SourceFile> Find(IEnumerable<string> paths, string? links, CancellationToken cancellationToken)
    {
        var visited = new HashSet<(ulong, ulong, string)>();
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            var found =
                Directory.Exists(path) ? Walk(new DirectoryInfo(path), "", links, visited, cancellationToken)
                : File.Exists(path) ? [Describe(new FileInfo(path), PlainText.Escape(Path.GetFileName(path)), ByteNames.Resolve(path))]
                : throw new NotFoundException($"{path} is not there; name a film, a photo or a folder of them.");
            foreach (var file in found)
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<SourceFile> Walk(
        DirectoryInfo folder,
        string prefix,
        string? links,
        HashSet<(ulong Device, ulong Node, string Path)> visited,
        CancellationToken cancellationToken
    )
    {
        var identity = FileIdentity.Of(folder.FullName);
        var path = identity is null ? folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName : "";
        if (!visited.Add((identity?.Device ?? 0, identity?.Node ?? 0, path)))
        {
            yield break;
        }

        var (entries, odd, problem) = List(folder);
        var target = ByteNames.Resolve(folder.FullName);
        if (problem is not null)
        {
            yield return new SourceFile(folder.FullName, prefix.TrimEnd('/'), 0, default, problem);
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = prefix + PlainText.Escape(entry.Name);
            if (entry is FileInfo file)
            {
                yield return Describe(file, name, target is null ? null : $"{target.TrimEnd('/')}/{entry.Name}");
            }
            else if (Housekeeping.Contains(entry.Name))
            {
                yield return new SourceFile(
                    entry.FullName,
                    name,
                    0,
                    default,
                    Ignored: $"{name} is a folder of housekeeping; name it itself to have it indexed."
                );
            }
            else
            {
                foreach (var inner in Walk((DirectoryInfo)entry, name + "/", links, visited, cancellationToken))
                {
                    yield return inner;
                }
            }
        }

        foreach (var file in odd.SelectMany(name => Odd(folder, name, prefix, links, visited, cancellationToken)))
        {
            yield return file;
        }
    }

    /// <summary>A file or folder whose name is not UTF-8.</summary>
    private static IEnumerable<SourceFile> Odd(
        DirectoryInfo folder,
        byte[] bytes,
        string prefix,
        string? links,
        HashSet<(ulong Device, ulong Node, string Path)> visited,
        CancellationToken cancellationToken
    )
    {
        var name = prefix + PlainText.Escape(ByteNames.Escape(bytes));
        string link;
        try
        {
            link = ByteNames.Link(folder.FullName, bytes, links ?? throw new IOException("There is no folder for a link to it."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new SourceFile(folder.FullName, name, 0, default, $"The name of {name} is not UTF-8. {e.Message}")];
        }

        return FileIdentity.Of(link) is { Kind: FileKind.Folder }
            ? Walk(new DirectoryInfo(link), name + "/", links, visited, cancellationToken)
            : [Describe(new FileInfo(link), name, ByteNames.Resolve(link))];
    }

    private static (FileSystemInfo[] Entries, List<byte[]> Odd, string? Problem) List(DirectoryInfo folder)
    {
        try
        {
            // What is not UTF-8 comes with a replacement, by which it cannot be found.
            var all = folder.EnumerateFileSystemInfos().ToList();
            var odd = all.Exists(entry => entry.Name.Contains('\uFFFD', StringComparison.Ordinal)) ? ByteNames.List(folder.FullName) : [];
            var entries = all.Where(entry => odd.Count == 0 || !entry.Name.Contains('\uFFFD', StringComparison.Ordinal) || entry.Exists)
                .Where(entry => !entry.Name.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.Hidden))
                .ToArray();
            Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return (entries, odd.FindAll(name => name[0] != (byte)'.'), null);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return ([], [], $"{folder.Name} cannot be listed: {e.Message}");
        }
    }

    private static SourceFile Describe(FileInfo file, string name, string? folderTarget)
    {
        var identity = FileIdentity.Of(file.FullName);
        if (identity is { Kind: not FileKind.Regular } other)
        {
            return new SourceFile(
                file.FullName,
                name,
                0,
                default,
                Ignored: $"{name} is a {other.Kind.ToString().ToLowerInvariant()}, not a file."
            );
        }

        if (identity is { } regular)
        {
            var target = file.LinkTarget is null ? folderTarget : ByteNames.Resolve(file.FullName);
            return new SourceFile(file.FullName, name, regular.Size, regular.Modified, Target: target == file.FullName ? null : target);
        }

        var last = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return last is { Exists: true }
            ? new SourceFile(file.FullName, name, last.Length, new DateTimeOffset(last.LastWriteTimeUtc, TimeSpan.Zero))
            : new SourceFile(file.FullName, name, 0, default, $"{name} is a link to {file.LinkTarget}, which is not there.");
    }
}
