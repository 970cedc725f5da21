using OrleansAtlas.Tests.Store;

namespace OrleansAtlas.Tests;

/// <summary>Checksums in a container are those of a folder.</summary>
public sealed class AzureChecksumTests(AzuriteFixture azurite) : ArtifactChecksumTests
{
    protected override int Step => 5;

    protected override async Task<StorePlace> PlaceAsync() => await ContainerPlace.CreateAsync(azurite);
}
