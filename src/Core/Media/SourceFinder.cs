using OrleansAtlas.Errors;

namespace OrleansAtlas.Media;

/// <summary>A file that may be a film or a photo.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What it is called: the path relative to the folder that was indexed, with slashes; for a file named by itself, its
/// file name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, UTC.</param>
/// <param name="Problem">Why it cannot be looked at, one sentence; null for a usual file.</param>
/// <param name="Ignored">Why it is left out, one sentence; null for a usual file.</param>
public sealed record SourceFile(
    string Path,
    string Name,
    long Size,
    DateTimeOffset Modified,
    string? Problem = null,
    string? Ignored = null
);

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
    /// <exception cref="NotFoundException">A path is not there; thrown when it is reached.</exception>
    public static IEnumerable<SourceFile> Find(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var visited = new HashSet<(ulong, ulong, string)>();
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            var found =
                Directory.Exists(path) ? Walk(new DirectoryInfo(path), "", visited, cancellationToken)
                : File.Exists(path) ? [Describe(new FileInfo(path), Path.GetFileName(path))]
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

        var (entries, problem) = List(folder);
        if (problem is not null)
        {
            yield return new SourceFile(folder.FullName, prefix.TrimEnd('/'), 0, default, problem);
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = prefix + entry.Name;
            if (entry is FileInfo file)
            {
                yield return Describe(file, name);
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
                foreach (var inner in Walk((DirectoryInfo)entry, name + "/", visited, cancellationToken))
                {
                    yield return inner;
                }
            }
        }
    }

    private static (FileSystemInfo[] Entries, string? Problem) List(DirectoryInfo folder)
    {
        try
        {
            var entries = folder
                .EnumerateFileSystemInfos()
                .Where(entry => !entry.Name.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.Hidden))
                .ToArray();
            Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return (entries, null);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return ([], $"{folder.Name} cannot be listed: {e.Message}");
        }
    }

    private static SourceFile Describe(FileInfo file, string name)
    {
        if (FileIdentity.Of(file.FullName) is { Kind: not FileKind.Regular } other)
        {
            return new SourceFile(
                file.FullName,
                name,
                0,
                default,
                Ignored: $"{name} is a {other.Kind.ToString().ToLowerInvariant()}, not a file."
            );
        }

        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return target is { Exists: true }
            ? new SourceFile(file.FullName, name, target.Length, new DateTimeOffset(target.LastWriteTimeUtc, TimeSpan.Zero))
            : new SourceFile(file.FullName, name, 0, default, $"{name} is a link to {file.LinkTarget}, which is not there.");
    }
}
