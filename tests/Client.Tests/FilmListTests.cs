using OrleansAtlas.Client;

namespace OrleansAtlas.Tests;

/// <summary>Files with paths of films.</summary>
public sealed class FilmListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Blank_lines_and_comments_are_skipped()
    {
        var film = _folder["#film.mp4"];
        File.WriteAllText(film, "");
        File.WriteAllText(_folder["list"], $"# holidays\n\n  {film}  \n#{film}\n   # not this\n");

        Assert.Equal([film], FilmPaths.Read([], _folder["list"]));
    }

    [Fact]
    public void A_list_of_comments_names_no_film()
    {
        File.WriteAllText(_folder["list"], "# nothing\n");

        Assert.Throws<UsageException>(() => FilmPaths.Read([], _folder["list"]));
    }
}
