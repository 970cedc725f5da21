using OrleansAtlas.Client;

namespace OrleansAtlas.Tests;

public sealed class ProcessLimitsTests
{
    private const string Heading = "Limit                     Soft Limit           Hard Limit           Units     ";

    [Theory]
    [InlineData("Max open files            64                   64                   files     ", "may open only 64 files")]
    [InlineData("Max open files            64                   4096                 files     ", null)]
    [InlineData("Max open files            1024                 unlimited            files     ", null)]
    [InlineData("Max cpu time              1                    1                    seconds   ", null)]
    public void Too_few_files_are_said_in_a_sentence(string line, string? said)
    {
        var problem = ProcessLimits.Problem([Heading, line]);

        if (said is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(said, problem, StringComparison.Ordinal);
        }
    }
}
