using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class ScramblingTests
{
    [Theory]
    [InlineData(0x10, false)]
    [InlineData(0xD0, true)]
    public void A_broadcast_is_scrambled_where_most_of_its_packets_say_so(byte control, bool scrambled)
    {
        var packet = new byte[188];
        (packet[0], packet[3]) = (0x47, control);
        Assert.Equal(scrambled, Scrambling.IsScrambled([.. packet, .. packet, .. packet]));
    }

    [Theory]
    [InlineData(0x80, false)]
    [InlineData(0xB0, true)]
    public void A_disc_is_scrambled_where_most_of_its_pictures_say_so(byte control, bool scrambled)
    {
        byte[] picture = [0, 0, 1, 0xE0, 0, 20, control, 0, 0, 9, 9, 9, 9, 9];
        Assert.Equal(scrambled, Scrambling.IsScrambled([0, 0, 1, 0xBA, 0x44, 0, 0, 0, .. picture, .. picture]));
    }

    [Theory]
    [InlineData("{ \"side_data_type\": \"Encryption info\" }", "avc1", "", true)]
    [InlineData("{}", "encv", "", true)]
    [InlineData("{}", "WMV3", "[asf] DRM protected stream detected, decoding will likely fail!", true)]
    [InlineData("{}", "avc1", "", false)]
    public void Ffprobe_tells_of_encryption(string json, string tag, string diagnostics, bool told) =>
        Assert.Equal(told, Scrambling.IsTold(json, tag, diagnostics));
}
