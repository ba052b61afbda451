"""Opens files with ArviZ (and netCDF4, pandas), prints as JSON what they say there, and writes them again."""
import json
import sys

# ArviZ 0.23 expects an older `tree` than machines may have; without one it uses a copy of its own.
sys.modules["tree"] = None
import arviz as az

out = {}
for path in sys.argv[1:]:
    if path.endswith(".nc") or path.endswith(".json"):
        data = az.from_netcdf(path) if path.endswith(".nc") else az.from_json(path)
        groups = {}
        for group in data.groups():
            dataset = data[group]
            groups[group] = {
                name: {
                    "dims": list(array.dims),
                    "dtype": str(array.dtype),
                    "values": array.values.flatten().tolist(),
                    "coords": {dim: array.coords[dim].values.tolist() for dim in array.dims if dim not in ("chain", "draw")},
                }
                for name, array in dataset.data_vars.items()
            }
        # As ArviZ itself writes it, for the other direction.
        data.to_netcdf(path + ".again.nc")
        data.to_json(path + ".again.json")
        ess = az.ess(data.posterior)
        out[path] = {
            "groups": groups,
            "ess": {name: ess[name].values.flatten().tolist() for name in ess.data_vars},
            "library": data.posterior.attrs["inference_library"],
        }
    elif path.endswith(".parquet"):
        import pandas

        frame = pandas.read_parquet(path)
        out[path] = {"columns": list(frame.columns), "values": frame.to_numpy().tolist()}
        frame.loc[0, "mu"] = float("nan")
        frame.to_parquet(path + ".again.parquet")
    if path.endswith(".nc"):
        import netCDF4

        with netCDF4.Dataset(path) as file:
            out[path]["netcdf4"] = {name: list(variable.dimensions) for name, variable in file["posterior"].variables.items()}
json.dump(out, sys.stdout)
