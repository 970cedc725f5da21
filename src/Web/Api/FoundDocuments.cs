namespace OrleansAtlas.Web.Api;

/// <summary>The stretches most like a clip of the map.</summary>
/// <param name="Start">First time of the clip that was asked for, in seconds.</param>
/// <param name="End">Its last time.</param>
/// <param name="Frames">Its frames.</param>
/// <param name="Matches">Copies first, then the best; at most one a film.</param>
internal sealed record SimilarDocument(double Start, double End, int Frames, IReadOnlyList<MatchDocument> Matches);

/// <summary>A stretch of a film that is like a clip.</summary>
/// <param name="Frame">Its first frame, with film and time.</param>
/// <param name="Start">First time in seconds.</param>
/// <param name="End">Last time in seconds.</param>
/// <param name="Frames">Numbers of a few of its frames, evenly spread.</param>
/// <param name="Score">1 for the same, 0 for as far apart as two frames of the collection that have nothing to do with each other.</param>
/// <param name="Looks">The same of what is seen.</param>
/// <param name="Order">The same of its order.</param>
/// <param name="IsCopy">Whether it shows the same pictures; the score is then 1.</param>
/// <param name="Why">What is alike, in words.</param>
internal sealed record MatchDocument(
    FrameDocument Frame,
    double Start,
    double End,
    IReadOnlyList<int> Frames,
    double Score,
    double Looks,
    double Order,
    bool IsCopy,
    string Why
);

/// <summary>Where a picture or clip would be.</summary>
/// <param name="Key">Asks for this answer again; made from the file's content.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Kind"><c>picture</c> or <c>clip</c>.</param>
/// <param name="Places">Its frames' places on the map in the order of time.</param>
/// <param name="Seconds">From the first frame to the last.</param>
/// <param name="Nearest">The frames most like a picture.</param>
/// <param name="Clips">The stretches most like a clip, copies first; of a picture the photos that are copies of it.</param>
internal sealed record FoundDocument(
    string Key,
    string Name,
    string Kind,
    IReadOnlyList<PlaceDocument> Places,
    double Seconds,
    IReadOnlyList<NeighbourDocument> Nearest,
    IReadOnlyList<MatchDocument> Clips
);

/// <summary>A place on the map, 0 to 1 across and down.</summary>
internal sealed record PlaceDocument(double X, double Y);
