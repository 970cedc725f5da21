using OrleansAtlas.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>A collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Maps">Its maps, the newest last.</param>
/// <param name="Current">Version of the one that is shown unless another is asked for; null where there is none yet.</param>
internal sealed record CollectionDocument(string Name, IReadOnlyList<MapEntry> Maps, string? Current);

/// <summary>A map in a list.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Frames">Frames on it.</param>
/// <param name="Made">When it was made, UTC; null where the store does not tell.</param>
internal sealed record MapEntry(string Version, long Frames, DateTime? Made);

/// <summary>What a colour of the points by film stands for: a film, a folder, or films that follow each other by name.</summary>
/// <param name="Number">For the filter.</param>
/// <param name="Name">Of the film or folder, or of the first and the last.</param>
/// <param name="Films">Films in it.</param>
/// <param name="Frames">Their frames on the map.</param>
/// <param name="Colour">On a light ground.</param>
/// <param name="ColourOnDark">On a dark ground.</param>
internal sealed record GroupDocument(int Number, string Name, int Films, int Frames, string Colour, string ColourOnDark);

/// <summary>A map and how it is laid out in tiles.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Method">How frames got their codes.</param>
/// <param name="Frames">Frames on it.</param>
/// <param name="Shown">Those that pass the filter.</param>
/// <param name="Components">Components of the reduced vectors.</param>
/// <param name="VarianceKept">Share of the descriptors' variance they hold.</param>
/// <param name="Quality">What it says about itself; null where it was not measured.</param>
/// <param name="Drift">How far films that came after the training are from those the model was fitted to; 1 where all are known.</param>
/// <param name="Newcomers">How such films lie; null where there are none.</param>
/// <param name="Note">One sentence where something about it should be known.</param>
/// <param name="TileWidth">Pixels.</param>
/// <param name="TileHeight">Pixels.</param>
/// <param name="Levels">Deepest level at which pictures have something new to show.</param>
/// <param name="Films">Films on the map.</param>
/// <param name="Searchable">Whether pictures and clips can be dropped to be found.</param>
internal sealed record MapDocument(
    string Version,
    string Method,
    long Frames,
    int Shown,
    int Components,
    double VarianceKept,
    MapFigures? Quality,
    double? Drift,
    Newcomers? Newcomers,
    string? Note,
    int TileWidth,
    int TileHeight,
    int Levels,
    int Films,
    bool Searchable
);

/// <summary>A frame.</summary>
/// <param name="Number">Its number on the map.</param>
/// <param name="Film">Content id of its film.</param>
/// <param name="Name">Name of its film.</param>
/// <param name="Time">Presentation time in seconds.</param>
/// <param name="Timecode">The same as hours, minutes, seconds and milliseconds.</param>
/// <param name="Length">Seconds of the film.</param>
/// <param name="X">Place on the map, 0 to 1.</param>
/// <param name="Y">Place on the map, 0 to 1.</param>
/// <param name="Trust">Share of its true neighbours that are its neighbours on the map; null where it was not measured.</param>
/// <param name="Group">Number of the group of films that has its colour.</param>
internal sealed record FrameDocument(
    int Number,
    string Film,
    string Name,
    double Time,
    string Timecode,
    double Length,
    double X,
    double Y,
    double? Trust,
    int Group
);

/// <summary>A cell of the pictures.</summary>
/// <param name="Level">The plane is 2^level cells wide.</param>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
/// <param name="Shown">Whether the picture in it is the frame that was asked for, not another one of the cell.</param>
internal sealed record CellDocument(int Level, int X, int Y, bool Shown);

/// <summary>A frame near another.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Distance">Euclidean distance of the reduced vectors, or of the places on the map.</param>
internal sealed record NeighbourDocument(FrameDocument Frame, double Distance);

/// <summary>What a frame looks like and what lies beside it.</summary>
/// <param name="True">Most like it by the reduced vectors, exactly, among those that were asked for.</param>
/// <param name="Map">Nearest on the map.</param>
/// <param name="Shared">How many are both.</param>
internal sealed record NeighboursDocument(IReadOnlyList<NeighbourDocument> True, IReadOnlyList<NeighbourDocument> Map, int Shared);

/// <summary>A film on a map.</summary>
/// <param name="Id">Content id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Its length; 0 for a photo.</param>
/// <param name="Frames">Its frames on the map.</param>
/// <param name="Day">When it was taken, else last changed.</param>
/// <param name="Taken">Whether the file itself says when it was taken.</param>
/// <param name="Kind"><c>film</c> or <c>photo</c>.</param>
/// <param name="Type">Media type of its file; null where browsers do not play it.</param>
/// <param name="Group">Number of the group of films that has its colour.</param>
internal sealed record FilmDocument(
    string Id,
    string Name,
    double Seconds,
    int Frames,
    DateOnly? Day,
    bool Taken,
    string Kind,
    string? Type,
    int Group
);

/// <summary>Films whose names have something in common.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Films">The first of them.</param>
internal sealed record FilmsDocument(int Total, IReadOnlyList<FilmDocument> Films);

/// <summary>A film as a strip of frames, which is also its path over the map.</summary>
/// <param name="Film">The film.</param>
/// <param name="Frames">Frames in the order of time, evenly spread where there are more than were asked for.</param>
internal sealed record StripDocument(FilmDocument Film, IReadOnlyList<FrameDocument> Frames);

/// <summary>The times of all frames of a film.</summary>
/// <param name="First">Number of the first frame; the others follow it.</param>
/// <param name="Times">Presentation times in seconds.</param>
internal sealed record TimesDocument(int First, double[] Times);

/// <summary>A film's file.</summary>
/// <param name="Type">Media type with codecs; null where no browser plays it.</param>
internal sealed record MediaDocument(string? Type);

/// <summary>What lies in a part of the map.</summary>
/// <param name="Count">Frames in it.</param>
/// <param name="Films">Films with frames in it, those with most first.</param>
/// <param name="Frames">The first frames, by film and time.</param>
internal sealed record SelectionDocument(int Count, IReadOnlyList<SelectedFilm> Films, IReadOnlyList<FrameDocument> Frames);

/// <summary>A film in a selection.</summary>
internal sealed record SelectedFilm(string Id, string Name, int Frames);

/// <summary>How far indexing is, as the store shows it.</summary>
/// <param name="Films">Films and photos that are known.</param>
/// <param name="Frames">Frames that are described.</param>
/// <param name="Expected">Frames there will be, as far as films are known; the same once all are described.</param>
/// <param name="Failed">Films that failed.</param>
/// <param name="Damaged">Films of which not all can be decoded.</param>
/// <param name="Gone">Films whose file is no longer where it was indexed.</param>
/// <param name="Failures">The first of all these, and why.</param>
/// <param name="Newest">Addresses of pictures of the frames that came last, the newest first.</param>
/// <param name="Map">The map that is shown.</param>
/// <param name="OnMap">Frames on it.</param>
internal sealed record ProgressDocument(
    int Films,
    long Frames,
    long Expected,
    int Failed,
    int Damaged,
    int Gone,
    IReadOnlyList<FailureDocument> Failures,
    IReadOnlyList<string> Newest,
    string? Map,
    long OnMap
);

/// <summary>A film with which something is wrong.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Kind">What is wrong.</param>
internal sealed record FailureDocument(string Name, string Reason, TroubleKind Kind);

/// <summary>What can be wrong with a film.</summary>
internal enum TroubleKind
{
    /// <summary>It could not be used, as a whole or in parts, when it was tried last.</summary>
    Failed,

    /// <summary>Not all of it can be decoded; what can be is on the map.</summary>
    Damaged,

    /// <summary>Its file is no longer where it was indexed; what was computed from it is on the map.</summary>
    Gone,
}
