using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Web.Progress;

/// <summary>What is wrong with the films of a collection: which failed, which are damaged, and whose files are gone.</summary>
internal sealed class FilmTroubles(CollectionStore collection)
{
    private readonly Dictionary<string, Known> _films = new(StringComparer.Ordinal);

    /// <summary>Whether a film's record is known, and as long as it is listed now.</summary>
    public bool Knows(string id, long length) => _films.TryGetValue(id, out var known) && known.Length == length;

    /// <summary>Reads a film's record; null where there is none any more.</summary>
    /// <param name="id">The film.</param>
    /// <param name="length">Bytes of the record as it is listed.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<VideoRecord?> ReadAsync(string id, long length, CancellationToken cancellationToken)
    {
        var record = await collection.VideoAsync(id, cancellationToken);
        if (record is null)
        {
            _films.Remove(id);
            return null;
        }

        List<FailureDocument> troubles = [];
        if (record.Failure is { } failure)
        {
            troubles.Add(new FailureDocument(record.Name, failure, TroubleKind.Failed));
        }

        if (record.Damage is { } damage)
        {
            troubles.Add(new FailureDocument(record.Name, damage.Reason, TroubleKind.Damaged));
        }

        _films[id] = new Known(length, record.Name, [.. record.Sources.Select(source => source.Path)], troubles);
        return record;
    }

    /// <summary>Forgets all films but these.</summary>
    public void Keep(IEnumerable<string> ids)
    {
        foreach (var id in _films.Keys.Except(ids, StringComparer.Ordinal).ToList())
        {
            _films.Remove(id);
        }
    }

    /// <summary>All of them; asks the disks for the films' files, and for inputs of which no film came.</summary>
    public async Task<List<FailureDocument>> AllAsync(CancellationToken cancellationToken)
    {
        var inputs = await collection.FailedInputsAsync(cancellationToken);
        return
        [
            .. _films.Values.SelectMany(known => known.Troubles),
            .. inputs.Select(input => new FailureDocument(input.Name, input.Reason, TroubleKind.Failed)),
            .. _films.Values.Where(IsGone).Select(Gone),
        ];
    }

    // A film without sources was removed; one that is no file is not looked for on a disk.
    private static bool IsGone(Known film) =>
        film.Paths.Length > 0 && film.Paths.All(path => Path.IsPathRooted(path) && !File.Exists(path));

    private static FailureDocument Gone(Known film) =>
        new(
            film.Name,
            "Its file is not where it was indexed; attach its disk, index it where it is now, or take it off with: atlas remove.",
            TroubleKind.Gone
        );

    private sealed record Known(long Length, string Name, string[] Paths, IReadOnlyList<FailureDocument> Troubles);
}
