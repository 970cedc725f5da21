using OrleansAtlas.Maps;

namespace OrleansAtlas.Tests.Maps;

public sealed class FilmNamesTests
{
    [Fact]
    public void Are_files_without_folder_and_extension_and_with_them_only_where_others_are_called_the_same() =>
        Assert.Equal(
            ["elf", "flower.mp4", "flower.webm", "image_1 (cat)", "image_1 (dog)", "no extension", "v1.2 final"],
            FilmNames.Short([
                "mdn/elf.mp4",
                "mdn/flower.mp4",
                "mdn/flower.webm",
                "cat/image_1.jpg",
                "dog/image_1.jpg",
                "no extension",
                "a/b/v1.2 final.mov",
            ])
        );

    [Fact]
    public void Are_paths_where_nothing_shorter_tells_them_apart() =>
        Assert.Equal(["2019/raw/a.mp4", "2020/raw/a.mp4"], FilmNames.Short(["2019/raw/a.mp4", "2020/raw/a.mp4"]));
}
