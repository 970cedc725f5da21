using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class MotionJpegTests
{
    [Fact]
    public void Three_pictures_of_one_size_are_a_film() =>
        Assert.True(MotionJpeg.IsFilm([.. Jpeg(64, 36), .. Jpeg(64, 36), .. Jpeg(64, 36)]));

    [Fact]
    public void A_photo_is_none() => Assert.False(MotionJpeg.IsFilm(Jpeg(64, 36)));

    [Fact]
    public void A_photo_with_smaller_pictures_behind_it_is_none() =>
        Assert.False(MotionJpeg.IsFilm([.. Jpeg(64, 36), .. Jpeg(32, 18), .. Jpeg(32, 18)]));

    [Fact]
    public void A_photo_that_says_that_more_pictures_belong_to_it_is_none()
    {
        byte[] several = [0xFF, 0xD8, 0xFF, 0xE2, 0, 6, .. "MPF\0"u8, .. Jpeg(64, 36)[2..]];
        Assert.False(MotionJpeg.IsFilm([.. several, .. several, .. several]));
    }

    [Fact]
    public void Nothing_of_it_is_read_beyond_its_end()
    {
        var film = (byte[])[.. Jpeg(64, 36), .. Jpeg(64, 36), .. Jpeg(64, 36)];
        for (var length = 0; length < film.Length - 2; length++)
        {
            Assert.False(MotionJpeg.IsFilm(film.AsSpan(0, length)));
        }
    }

    private static byte[] Jpeg(byte width, byte height) =>
        [
            .. (byte[])[0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, height, 0, width, 1, 1, 0x11, 0],
            .. (byte[])[0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0, 4, 0xFF, 0xD9],
        ];
}
