using System.Net;
using OrleansAtlas.Access;

namespace OrleansAtlas.Tests;

public sealed class AccessOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("192.168.1.5", false, true)]
    [InlineData("::", false, true)]
    [InlineData("0.0.0.0", true, false)]
    public void Without_a_key_only_the_machine_itself_is_listened_to(string address, bool noAuth, bool refused)
    {
        var error = Record.Exception(() => Read(address, null, noAuth));

        Assert.Equal(refused, error is AccessException);
        if (refused)
        {
            Assert.Contains("--key-file FILE", error!.Message);
        }
    }

    [Fact]
    public void The_key_is_the_first_line_of_a_file()
    {
        File.WriteAllText(_folder["key"], "  0123456789abcdef0123  \nsomething else\n");
        var options = Read("0.0.0.0", _folder["key"], false);
        Assert.True(options.Key!.Is("0123456789abcdef0123"));
        Assert.False(options.Key.Is("0123456789abcdef012"));
        Assert.False(options.Key.Is(null));
    }

    [Theory]
    [InlineData("short\n")]
    [InlineData("")]
    [InlineData(null)]
    public void A_key_that_can_be_guessed_or_is_not_there_is_refused(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(_folder["key"], content);
        }

        Assert.Contains(_folder["key"], Assert.Throws<AccessException>(() => Read("127.0.0.1", _folder["key"], false)).Message);
    }

    [Fact]
    public void A_key_and_no_key_at_once_are_refused()
    {
        File.WriteAllText(_folder["key"], "0123456789abcdef0123");
        Assert.Throws<AccessException>(() => Read("127.0.0.1", _folder["key"], true));
    }

    [Theory]
    [InlineData("localhost", true, true)]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("[::1]", true, true)]
    [InlineData("10.0.0.5", true, false)]
    [InlineData("evil.example", true, false)]
    [InlineData("10.0.0.5", false, true)]
    [InlineData("evil.example", false, false)]
    public void Only_the_servers_own_names_are_answered(string host, bool loopback, bool answered)
    {
        Assert.Equal(answered, HostGate.Answers(host, new AccessOptions(), loopback));
        Assert.True(HostGate.Answers(host, new AccessOptions { Hosts = [host.ToUpperInvariant()] }, loopback));
    }

    private static AccessOptions Read(string address, string? file, bool noAuth) =>
        AccessOptions.Read([IPAddress.Parse(address)], file, noAuth, [], ("--key-file FILE", "--no-auth"));
}
