package com.iab.openrtb.response;

public record Bid(String crid, String adm) {
    public Builder toBuilder() {
        return new Builder(this);
    }

    public record Builder(Bid build) {
        public Builder adm(String adm) {
            return new Builder(new Bid(build.crid, adm));
        }
    }

    public String getCrid() {
        return crid;
    }

    public String getAdm() {
        return adm;
    }
}
