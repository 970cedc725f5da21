namespace OrleansAtlas.Web.Maps;

/// <summary>Films that have a colour together.</summary>
/// <param name="Name">Of the film or the folder, or of the first and the last.</param>
/// <param name="Films">Films in it.</param>
/// <param name="Frames">Their frames on the map.</param>
internal sealed record FilmGroup(string Name, int Films, int Frames);
