using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Output;

/// <summary>What changed, for programs: names of films, or their paths where two are called the same.</summary>
internal sealed record ChangesDocument(
    IReadOnlyList<string> New,
    IReadOnlyList<string> Changed,
    IReadOnlyList<MovedDocument> Moved,
    IReadOnlyList<string> Copied,
    IReadOnlyList<string> Gone,
    IReadOnlyList<string> Back,
    IReadOnlyList<string> Failed,
    IReadOnlyList<string> Damaged
)
{
    public static ChangesDocument From(IndexChanges changes) =>
        new(
            Names(changes.New),
            Names(changes.Changed),
            [.. changes.Moved.Select(film => film.Told()).Select(told => new MovedDocument(told.From, told.To))],
            Names(changes.Copied),
            Names(changes.Gone),
            Names(changes.Back),
            Names(changes.Failed),
            Names(changes.Damaged)
        );

    private static IReadOnlyList<string> Names(IReadOnlyList<FilmPlace> places) => [.. places.Select(place => place.Name)];
}

/// <summary>A film that is elsewhere, or called otherwise, now.</summary>
internal sealed record MovedDocument(string From, string To);
